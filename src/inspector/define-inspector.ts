import { createInspectorElement } from './inspector-element.ts';

/**
 * Makes `<bankside-inspector>` an element of the page. Nothing else does: an import has no effect. A second call does
 * nothing, and neither does one on a server.
 *
 * @example
 * ```ts
 * import type { WidgetBridge } from 'bankside';
 * import { defineInspector } from 'bankside/inspector';
 *
 * declare const bridge: WidgetBridge;
 * defineInspector();
 * const inspector = document.createElement('bankside-inspector');
 * document.body.append(inspector);
 * inspector.observe(bridge);
 * ```
 */
export function defineInspector(): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get('bankside-inspector')) {
    registry.define('bankside-inspector', createInspectorElement());
  }
}
