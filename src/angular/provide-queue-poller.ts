import type { Provider } from '@angular/core';
import type { QueuePoller } from '../index.ts';
import { owned } from './owned.ts';
import { QUEUE_POLLER } from './tokens.ts';

/**
 * Provides a poller to an application, a route or a component. It is made and started when it is injected first,
 * and stopped with the injector. It polls outside Angular's zone: a poll that brings nothing looks for no
 * changes. That it can't be started is told as a `failure` event.
 *
 * @param create Makes the poller, once an injector; need not start it; may call `inject`. Not called on a server.
 * @example
 * ```ts
 * import { inject, type Type } from '@angular/core';
 * import { bootstrapApplication } from '@angular/platform-browser';
 * import { QueuePoller } from 'bankside';
 * import { provideQueuePoller } from 'bankside/angular';
 *
 * declare const App: Type<unknown>; // your root component
 * declare const Session: Type<{ accessToken(): Promise<string>; userKey: string }>; // your service
 *
 * bootstrapApplication(App, {
 *   providers: [
 *     provideQueuePoller(() => {
 *       const session = inject(Session);
 *       const accessToken = () => session.accessToken();
 *       return new QueuePoller({ baseUrl: '/api/linxo', accessToken, user: session.userKey });
 *     }),
 *   ],
 * });
 * ```
 */
export function provideQueuePoller(create: (signal: AbortSignal) => QueuePoller): Provider {
  const start = (signal: AbortSignal): QueuePoller => {
    const poller = create(signal);
    poller.start().catch(() => {}); // told as a failure
    return poller;
  };
  return { provide: QUEUE_POLLER, useFactory: () => owned(start, (poller) => void poller.stop()) };
}
