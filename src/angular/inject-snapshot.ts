import { DestroyRef, inject, NgZone, type Signal, signal, untracked } from '@angular/core';

/** What has a snapshot: a bridge or a poller. */
export interface SnapshotSource<S> {
  /** The same object until something changes. */
  getSnapshot(): S;
  /** Calls the listener with each change; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/**
 * What a bridge is doing, or what a poller knows, as a signal: it has another value with each change, until its
 * injection context is destroyed. Take parts of it with `computed`.
 *
 * @param source As `injectWidgetBridge` and `injectQueuePoller` return it: of `undefined`, the signal is that.
 * @throws Angular's NG0203 outside an injection context.
 * @example
 * ```ts
 * import { Component, computed } from '@angular/core';
 * import { injectSnapshot, injectWidgetBridge } from 'bankside/angular';
 *
 * @Component({ selector: 'bank-busy', template: '<progress [hidden]="!isBusy()"></progress>' })
 * export class Busy {
 *   private readonly snapshot = injectSnapshot(injectWidgetBridge());
 *   readonly isBusy = computed(() => !!this.snapshot()?.pending.length);
 * }
 * ```
 */
export function injectSnapshot<S>(source: SnapshotSource<S>): Signal<S>;
/** The same of what may be missing, as on a server. */
export function injectSnapshot<S>(source: SnapshotSource<S> | undefined): Signal<S | undefined>;
export function injectSnapshot<S>(source: SnapshotSource<S> | undefined): Signal<S | undefined> {
  const zone = inject(NgZone);
  const snapshot = signal(source?.getSnapshot());
  // Untracked, as an effect may be what has changed it.
  const stop = source?.subscribe(() => untracked(() => zone.run(() => snapshot.set(source.getSnapshot()))));
  if (stop) inject(DestroyRef).onDestroy(stop);
  return snapshot.asReadonly();
}
