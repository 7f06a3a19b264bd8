import { user } from '../shared/widget-options.js';

/**
 * Connects and starts the widget, whichever build it is. Some builds take the delegate as `pDelegate`, some as `eventsDelegate`, some
 * make it from `EventDelegate`. The React and Angular packages send through `PersoWidget`.
 *
 * @param {import('bankside').WidgetBridge} bridge
 * @param {{ el: HTMLElement, base64: boolean }} options `base64`: whether the bridge's replies are Base64. The shipped build
 *   needs to know that first
 */
export function startWidget(bridge, { el, base64 }) {
  const { personetics, PersoWidget } = window;
  bridge.attach(personetics, PersoWidget);
  window.EventDelegate = bridge.EventDelegate;
  const delegates = { pDelegate: bridge.delegate, eventsDelegate: bridge.delegate };
  personetics.initialize({ ...delegates, ...user, base64EncodeResponse: base64 });
  personetics.startWidget({ ...delegates, ...user, widgetType: 'teaser-widget-carousel', el });
}
