import { DestroyRef, inject, NgZone, type Signal, signal, untracked } from '@angular/core';

/** A bridge, a poller, or another source of snapshots. */
export interface SnapshotSource<S> {
  /** Returns the same object until something changes. */
  getSnapshot(): S;
  /** Calls the listener after each change. Returns the function that unsubscribes it. */
  subscribe(listener: () => void): () => void;
}

/**
 * The snapshot of a bridge or a poller, as a signal. It changes with each change of the source, until the injection context
 * is destroyed. Use `computed` to read a part of it, such as the poller's `failure`: why polls fail, and when the next one is.
 *
 * @param source As `injectWidgetBridge` or `injectQueuePoller` returns it. The signal of `undefined` is `undefined`.
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
/** The same for a source that may be missing, as on a server. */
export function injectSnapshot<S>(source: SnapshotSource<S> | undefined): Signal<S | undefined>;
export function injectSnapshot<S>(source: SnapshotSource<S> | undefined): Signal<S | undefined> {
  const zone = inject(NgZone);
  const snapshot = signal(source?.getSnapshot());
  // Untracked: signals that are read here must not become dependencies of the effect that changed the source.
  const unsubscribe = source?.subscribe(() => {
    untracked(() => zone.run(() => snapshot.set(source.getSnapshot())));
  });
  if (unsubscribe) inject(DestroyRef).onDestroy(unsubscribe);
  return snapshot.asReadonly();
}
