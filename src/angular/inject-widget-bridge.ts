import { inject } from '@angular/core';
import type { WidgetBridge } from '../index.ts';
import { WIDGET_BRIDGE } from './tokens.ts';

/**
 * The bridge that `provideWidgetBridge` provides here.
 *
 * @returns `undefined` on a server, where there is no widget.
 * @throws Angular's NG0201 where nothing provides one, NG0203 outside an injection context.
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
