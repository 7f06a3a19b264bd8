import { computed, DestroyRef, effect, inject, NgZone, type Signal, signal, untracked } from '@angular/core';
import type { ConnectionState } from '../index.ts';
import { injectQueuePoller } from './inject-queue-poller.ts';

/**
 * How one connection is, of the poller that `provideQueuePoller` provides here, and tracks it: the poller then
 * knows it even before an event names it. The signal has another value when this connection changes, and not
 * when another does.
 *
 * @param id The connection's id, or a signal or function that reads signals, as that of an input; `undefined`
 *   or empty as long as there is none. One that no connection can have, such as `'..'`, is the `INVALID_CALL` of `track`.
 * @returns `undefined` until something is known, and on a server.
 * @throws Angular's NG0201 where nothing provides a poller, NG0203 outside an injection context.
 * @example
 * ```ts
 * import { Component, input } from '@angular/core';
 * import { injectConnection } from 'bankside/angular';
 *
 * @Component({ selector: 'bank-connection', template: '{{ connection()?.syncing ? "Looking for accounts" : "" }}' })
 * export class Connection {
 *   readonly id = input.required<string>();
 *   readonly connection = injectConnection(() => this.id());
 * }
 * ```
 */
export function injectConnection(
  id: string | undefined | (() => string | undefined),
): Signal<ConnectionState | undefined> {
  const poller = injectQueuePoller();
  const zone = inject(NgZone);
  const idNow = typeof id === 'function' ? id : () => id;
  const read = (): ConnectionState | undefined => poller?.connections.get(idNow() ?? '');
  // Set when this connection has changed alone: whatever a signal's change makes Angular do, others' changes do not.
  const changes = signal(0);
  const connection = computed(() => {
    changes();
    return read();
  });
  if (!poller) return connection;

  const track = (known: string | undefined): void => {
    if (known) zone.runOutsideAngular(() => poller.track(known));
  };
  if (typeof id !== 'function') track(id);
  else
    effect(() => {
      const known = id();
      untracked(() => track(known));
    });
  const stop = poller.subscribe(() => {
    untracked(() => {
      if (read() !== connection()) zone.run(() => changes.update((count) => count + 1));
    });
  });
  inject(DestroyRef).onDestroy(stop);
  return connection;
}
