import { WidgetBridge } from 'bankside';
import { command, insights } from './messages.js';
import { Widget } from './widget.js';

const text = JSON.stringify(command);
const widget = new Widget();
const noop = () => {};
let id = 0;
let callbacks = 0;

const never = { ...command, type: 'never' };
const refused = { ...command, type: 'refused' };
const pushed = { ...command, type: 'pushed' };

const bridge = new WidgetBridge({
  maxPending: 1_000,
  timeout: (request) => (request.type === 'never' ? 1 : 30_000),
  transport: {
    send(request, { signal }) {
      if (request.type === 'pushed') return undefined;
      if (request.type === 'refused') throw new Error('refused');
      if (request.type !== 'never') return Promise.resolve(insights);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  },
});
bridge.attach(widget, {});
bridge.subscribe(noop);
for (const event of /** @type {const} */ (['request', 'reply', 'failure', 'orphan'])) bridge.on(event, noop);

const { delegate } = bridge;
const answered = () => {
  callbacks += 1;
};

/** Every call shape and every outcome. All but those with callbacks are answered at the widget. */
const ways = [
  (/** @type {string} */ requestId) => delegate.sendRequestToPServer(null, command, requestId),
  (/** @type {string} */ requestId) =>
    delegate.sendRequestToPServer({ 'x-channel': 'web' }, command, requestId),
  (/** @type {string} */ requestId) => delegate.sendRequestToEnrichServer(requestId, text),
  (/** @type {string} */ requestId) =>
    delegate.handlePersoEvent({
      requestString: 'sendRequestToPServer',
      requestId,
      json: { requestData: command, requestId },
    }),
  () => delegate.sendRequestToPServer(answered, answered, text),
  (/** @type {string} */ requestId) => delegate.sendRequestToPServer(null, refused, requestId),
  (/** @type {string} */ requestId) => delegate.sendRequestToPServer(null, never, requestId),
  (/** @type {string} */ requestId) => {
    delegate.sendRequestToOBServer(null, pushed, requestId);
    delegate.handlePServerResponse(insights, requestId);
    delegate.handlePServerResponse(insights, requestId); // an orphan
  },
];

/**
 * Sends requests, 1,000 at a time, in every way.
 *
 * @param {number} total How many requests there must be in all, earlier ones included.
 */
export async function runUntil(total) {
  while (id < total) {
    for (let next = 0; next < 1_000; next += 1) {
      id += 1;
      // Ids of the same length, so that the remembered ids always need the same memory.
      ways[id % ways.length]?.(`${1_000_000 + id}`);
    }
    while (bridge.getSnapshot().pending.length) await new Promise((resolve) => setTimeout(resolve));
  }
  if (widget.replies + callbacks !== id) throw new Error(`${widget.replies} replies to ${id} requests`);
}
