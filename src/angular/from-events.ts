import { DestroyRef, inject, NgZone, untracked } from '@angular/core';
import { Observable } from 'rxjs';
import type { BridgeEvents, QueueEventName, QueueEvents, QueuePoller, WidgetBridge } from '../index.ts';

interface EventSource {
  on(type: string, handler: (event: unknown) => void): () => void;
}

/**
 * The events of a bridge of one type, as an observable that emits inside Angular's zone. It listens while it has a
 * subscriber, and completes when its injection context is destroyed.
 *
 * @param source As `injectWidgetBridge` returns it. If it is `undefined`, as on a server, there are no events.
 * @param type For an event that does not exist, the observable fails with the `INVALID_CALL` of `on`.
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
 * The events of a poller of one type.
 *
 * @param type A server event (`'LIST_ACCOUNTS'`, …, or `'*'` for all of them) or one of the poller's own events.
 */
export function fromEvents<K extends QueueEventName>(
  source: QueuePoller | undefined,
  type: K,
): Observable<QueueEvents[K]>;
export function fromEvents(source: object | undefined, type: string): Observable<unknown> {
  const zone = inject(NgZone);
  const destroyRef = inject(DestroyRef);
  return new Observable((subscriber) => {
    // Before the subscription, because `onDestroy` throws in a destroyed view.
    const removeDestroyListener = destroyRef.onDestroy(() => subscriber.complete());
    const unsubscribe = (source as EventSource | undefined)?.on(type, (event) => {
      // Untracked: signals that a handler reads must not become dependencies of the effect that emitted.
      untracked(() => zone.run(() => subscriber.next(event)));
    });
    return () => {
      unsubscribe?.();
      removeDestroyListener();
    };
  });
}
