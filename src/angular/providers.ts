import { DestroyRef, InjectionToken, inject, NgZone, PLATFORM_ID, type Provider } from '@angular/core';
import { makeOwned } from '../abort.ts';
import type { QueuePoller, WidgetBridge } from '../index.ts';

// Angular shows the description of a token in its error when no provider exists.

const WIDGET_BRIDGE: InjectionToken<WidgetBridge | undefined> = /* @__PURE__ */ new InjectionToken(
  'WidgetBridge: add provideWidgetBridge(() => new WidgetBridge(…)) to the providers of the application, the route or the component',
);

const QUEUE_POLLER: InjectionToken<QueuePoller | undefined> = /* @__PURE__ */ new InjectionToken(
  'QueuePoller: add provideQueuePoller(() => new QueuePoller(…)) to the providers of the application, the route or the component',
);

/**
 * Provides a bridge to an application, a route or a component. The bridge is created at its first injection, and
 * disposed with its injector: when the application ends, or the component that provides it is destroyed. For another
 * user, create the component again.
 *
 * @param create Creates the bridge, once per injector, outside Angular's zone. It may call `inject`. Not called on a
 *   server. The signal aborts after the bridge is disposed: pass it to `nativeTransport` or `portTransport`, so that they
 *   end too.
 * @example
 * ```ts
 * import type { Type } from '@angular/core';
 * import { bootstrapApplication } from '@angular/platform-browser';
 * import { httpTransport, WidgetBridge } from 'bankside';
 * import { provideWidgetBridge } from 'bankside/angular';
 *
 * declare const App: Type<unknown>; // your root component
 *
 * bootstrapApplication(App, {
 *   providers: [
 *     provideWidgetBridge(() => {
 *       const endpoints = { pserver: '/api/pserver/execute', enrich: '/api/enrich/execute' };
 *       return new WidgetBridge({ transport: httpTransport({ endpoints, authToken: false }) });
 *     }),
 *   ],
 * });
 * ```
 */
export function provideWidgetBridge(create: (signal: AbortSignal) => WidgetBridge): Provider {
  return { provide: WIDGET_BRIDGE, useFactory: () => createOwned(create, (bridge) => bridge.dispose()) };
}

/**
 * The bridge of `provideWidgetBridge`.
 *
 * @returns `undefined` on a server, where there is no widget.
 * @throws Angular's NG0201 without a provider, NG0203 outside an injection context.
 * @example
 * ```ts
 * import { afterNextRender, Component } from '@angular/core';
 * import { injectWidgetBridge } from 'bankside/angular';
 *
 * declare const personetics: {
 *   initialize(options: object): void;
 *   handlePServerResponse(response: unknown, requestId: string): void;
 * };
 *
 * @Component({ selector: 'bank-insights', template: '<div id="insights"></div>' })
 * export class Insights {
 *   constructor() {
 *     const bridge = injectWidgetBridge();
 *     afterNextRender(() => {
 *       if (!bridge) return;
 *       const { delegate } = bridge;
 *       bridge.attach(personetics);
 *       personetics.initialize({ eventsDelegate: delegate, pDelegate: delegate, base64EncodeResponse: false });
 *     });
 *   }
 * }
 * ```
 */
export function injectWidgetBridge(): WidgetBridge | undefined {
  return inject(WIDGET_BRIDGE);
}

/**
 * Provides a poller to an application, a route or a component. The poller is created and started at its first injection,
 * and stopped with its injector. It polls outside Angular's zone: a poll without events starts no change detection. If
 * the poller cannot start, it emits `failure`.
 *
 * @param create Creates the poller, once per injector; it need not start it. It may call `inject`. Not called on a server.
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
    poller.start().catch(() => {}); // the poller emits it as `failure`
    return poller;
  };
  return { provide: QUEUE_POLLER, useFactory: () => createOwned(start, (poller) => void poller.stop()) };
}

/**
 * The poller of `provideQueuePoller`, already started.
 *
 * @returns `undefined` on a server, where nothing is polled.
 * @throws Angular's NG0201 without a provider, NG0203 outside an injection context.
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

/**
 * An object that exists as long as its injector; `undefined` on a server. It is created outside Angular's zone, so that
 * its timers and requests start no change detection.
 *
 * @param end Ends the object. Its signal aborts after that, and so ends what the object uses.
 */
function createOwned<T>(create: (signal: AbortSignal) => T, end: (owned: T) => void): T | undefined {
  // The same test as `isPlatformServer` of @angular/common, without a dependency on that package.
  if (inject(PLATFORM_ID) === 'server') return undefined;
  const { owned, abort } = inject(NgZone).runOutsideAngular(() => makeOwned(create));
  inject(DestroyRef).onDestroy(() => {
    end(owned);
    abort.abort();
  });
  return owned;
}
