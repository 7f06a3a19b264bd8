import { computed, DestroyRef, effect, inject, NgZone, type Signal, signal, untracked } from '@angular/core';
import type { ConnectionState } from '../index.ts';
import { injectQueuePoller } from './providers.ts';

/**
 * The state of one connection, as a signal, from the poller of `provideQueuePoller`. It also tracks the connection, so that
 * the poller reads it before an event names it. The signal changes when this connection changes, also when the doubt about it
 * begins or ends (`isDoubtful`), not when another connection changes.
 *
 * @param id The connection's id, or a signal or function that returns it, such as an input; `undefined` or empty while
 *   there is none. An id that no connection can have, such as `'..'`, throws the `INVALID_CALL` of `track`.
 * @returns A signal of `undefined` on a server, and until the poller knows the connection.
 * @throws Angular's NG0201 without a provider, NG0203 outside an injection context.
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
  const currentId = typeof id === 'function' ? id : () => id;
  const read = (): ConnectionState | undefined => poller?.connections.get(currentId() ?? '');
  // It counts the changes of this connection alone. Any signal that changes starts change detection, so that another
  // connection's change must not set one.
  const changes = signal(0);
  const connection = computed(() => {
    changes();
    return read();
  });
  if (!poller) return connection;

  const track = (known: string | undefined): void => {
    if (known) zone.runOutsideAngular(() => poller.track(known));
  };
  if (typeof id === 'function') {
    effect(() => {
      const known = id();
      untracked(() => track(known));
    });
  } else {
    track(id);
  }
  const unsubscribe = poller.subscribe(() => {
    untracked(() => {
      if (read() !== connection()) zone.run(() => changes.update((count) => count + 1));
    });
  });
  inject(DestroyRef).onDestroy(unsubscribe);
  return connection;
}
