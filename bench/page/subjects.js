import { WidgetBridge } from 'bankside';
import { handWrittenDelegate } from '../peers/hand-written.js';

/** @typedef {{ send: () => Promise<object | string>, widget: import('./widget.js').Widget }} Surroundings */
/** @typedef {(body: object | string, requestId: string) => void} Ask */

/**
 * The subjects. Each connects a transport to a widget, and returns the function that the widget calls.
 *
 * @satisfies {Record<string, (surroundings: Surroundings) => Ask>}
 */
export const subjects = {
  bankside({ send, widget }) {
    const bridge = new WidgetBridge({ transport: { send }, maxPending: 1_000_000 });
    bridge.attach(widget, {});
    const { sendRequestToPServer } = bridge.delegate;
    return (body, requestId) => {
      if (typeof body === 'string') sendRequestToPServer(requestId, body);
      else sendRequestToPServer(null, body, requestId);
    };
  },
  handWritten({ send, widget }) {
    const { sendRequestToPServer } = handWrittenDelegate({ send, widget });
    return (body, requestId) => sendRequestToPServer(null, body, requestId);
  },
  /** No code between them: the cost of the bench itself. */
  bare({ send, widget }) {
    return (_body, requestId) => {
      send().then(() => widget.handlePServerResponse({}, requestId));
    };
  },
};
