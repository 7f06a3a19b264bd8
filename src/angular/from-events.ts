import { DestroyRef, inject, NgZone, untracked } from '@angular/core';
import { Observable } from 'rxjs';
import type { BridgeEvents, QueueEventName, QueueEvents, QueuePoller, WidgetBridge } from '../index.ts';

interface Source {
  on(type: string, handler: (event: unknown) => void): () => void;
}

/**
 * The events of a bridge of one type, as an observable that emits inside Angular's zone. It listens while there is
 * a subscriber, and completes when its injection context is destroyed.
 *
 * @param source As `injectWidgetBridge` returns it: of `undefined`, on a server, nothing comes.
 * @throws Angular's NG0203 outside an injection context.
 * @example
 * ```ts
 * import { Component } from '@angular/core';
 * import { fromEvents, injectWidgetBridge } from 'bankside/angular';
 *
 * @Component({ selector: 'bank-navigation', template: '' })
 * export class Navigation {
 *   constructor() {
 *     fromEvents(injectWidgetBridge(), 'navigateToPage').subscribe(({ data }) => {
 *       if (data === 'accounts') location.assign('/accounts');
 *     });
 *   }
 * }
 * ```
 */
export function fromEvents<K extends keyof BridgeEvents>(
  source: WidgetBridge | undefined,
  type: K,
): Observable<BridgeEvents[K]>;
/**
 * The same of a poller.
 *
 * @param type A server event (`'LIST_ACCOUNTS'`, …, or `'*'` for all of them) or one of the poller's own.
 */
export function fromEvents<K extends QueueEventName>(
  source: QueuePoller | undefined,
  type: K,
): Observable<QueueEvents[K]>;
export function fromEvents(source: object | undefined, type: string): Observable<unknown> {
  const zone = inject(NgZone);
  const destroyRef = inject(DestroyRef);
  return new Observable((subscriber) => {
    // First, as a view that is gone throws here.
    const letGo = destroyRef.onDestroy(() => subscriber.complete());
    const off = (source as Source | undefined)?.on(type, (event) => {
      // What a handler reads is nothing that an effect depends on which has sent something.
      untracked(() => zone.run(() => subscriber.next(event)));
    });
    return () => {
      off?.();
      letGo();
    };
  });
}
