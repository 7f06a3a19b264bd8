import type { Provider } from '@angular/core';
import type { WidgetBridge } from '../index.ts';
import { owned } from './owned.ts';
import { WIDGET_BRIDGE } from './tokens.ts';

/**
 * Provides a bridge to an application, a route or a component. It is made when it is injected first, and disposed
 * with the injector: at the end of the application, or of each component that provides it. For another user,
 * make the component anew.
 *
 * @param create Makes the bridge, once an injector, outside Angular's zone; may call `inject`. The signal aborts
 *   after the bridge was disposed: give it to what else is made for the bridge, as `nativeTransport` and
 *   `portTransport`. Not called on a server.
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
  return { provide: WIDGET_BRIDGE, useFactory: () => owned(create, (bridge) => bridge.dispose()) };
}
