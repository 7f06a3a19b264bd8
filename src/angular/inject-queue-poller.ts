import { inject } from '@angular/core';
import type { QueuePoller } from '../index.ts';
import { QUEUE_POLLER } from './tokens.ts';

/**
 * The poller that `provideQueuePoller` provides here, which has been started.
 *
 * @returns `undefined` on a server, where nothing is polled.
 * @throws Angular's NG0201 where nothing provides one, NG0203 outside an injection context.
 * @example
 * ```ts
 * import { Component } from '@angular/core';
 * import { injectQueuePoller } from 'bankside/angular';
 *
 * @Component({ selector: 'bank-refresh', template: '<button type="button" (click)="refresh()">Refresh</button>' })
 * export class Refresh {
 *   private readonly poller = injectQueuePoller();
 *
 *   async refresh(): Promise<void> {
 *     await fetch('/api/connections/connection-1/synchronise', { method: 'POST' });
 *     this.poller?.nudge();
 *   }
 * }
 * ```
 */
export function injectQueuePoller(): QueuePoller | undefined {
  return inject(QUEUE_POLLER);
}
