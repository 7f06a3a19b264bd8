import { byId } from '../dom/element.js';
import { createFaultButton, forgetFaults, setFault } from './fault-button.js';

/** Only the insights are spoilt, so that what is pressed and what is seen belong together. */
const scope = { server: 'pserver', type: 'getInsights' };

const faults = [
  {
    name: 'slow',
    label: 'Slow answer',
    fault: { kind: 'slow', ms: 2_000 },
    expect: 'The answer takes 2 seconds: the request is pending, then answered.',
  },
  {
    name: 'never',
    label: 'No answer',
    fault: { kind: 'never' },
    expect: 'The request times out, and the widget gets a failure reply instead of silence.',
  },
  {
    name: 'refused-token',
    label: 'Refused token',
    fault: { kind: 'stale-token' },
    expect:
      'The server refuses the token with 401. The bridge gets a fresh one, sends the request again, and the widget notices nothing.',
  },
  {
    name: 'error-json',
    label: 'Error, JSON',
    fault: { kind: 'error', status: 500, body: 'json' },
    expect: 'HTTP 500 with an error of the server’s own: the widget gets that one.',
  },
  {
    name: 'error-html',
    label: 'Error, HTML',
    fault: { kind: 'error', status: 500, body: 'html' },
    expect: 'HTTP 500 with a page of HTML: the widget gets a failure reply in its own terms.',
  },
  {
    name: 'garbage',
    label: 'Garbage',
    fault: { kind: 'garbage' },
    expect: 'HTTP 200, and yet a page of HTML: an invalid response, of which nothing reaches the widget.',
  },
  {
    name: 'network',
    label: 'Lost line',
    fault: { kind: 'network' },
    expect: 'The connection breaks. A command that only reads is sent again by itself.',
  },
  {
    name: 'twice',
    label: 'Two answers',
    fault: { kind: 'twice' },
    expect: 'The reply comes a second time, over the push channel, and is held back.',
  },
  {
    name: 'late',
    label: 'Late answer',
    fault: { kind: 'late', ms: 5_000 },
    expect:
      'The reply comes over the push channel after 5 seconds, when the request has timed out: it is held back.',
  },
  {
    name: 'pushed',
    label: 'Pushed',
    fault: { kind: 'late', ms: 1_000 },
    expect: 'No HTTP answer, but the reply comes over the push channel in time, and counts.',
  },
  {
    name: 'base64',
    label: 'Base64',
    fault: { kind: 'base64' },
    expect: 'The answer is Base64, as native hosts give it. It is read like any other.',
  },
];

/**
 * The buttons that make the sandbox misbehave.
 *
 * @param {{ onSet: () => void }} options `onSet`: the next request is the one that is spoilt
 */
export function createFaultButtons({ onSet }) {
  const words = byId('fault-expect', HTMLElement);

  /** @param {(typeof faults)[number]} choice */
  async function spoil({ fault, expect }) {
    const isSet = await setFault({ ...scope, ...fault });
    words.textContent = isSet ? expect : 'The sandbox did not take that.';
    if (isSet) onSet();
  }

  async function reset() {
    await forgetFaults();
    words.textContent = 'The sandbox behaves again.';
    onSet();
  }

  byId('fault-buttons', HTMLElement).append(
    ...faults.map((choice) => createFaultButton(choice.label, choice.name, () => spoil(choice))),
    createFaultButton('Reset', 'reset', reset),
  );
}

/**
 * Where there is nothing to press.
 *
 * @param {string} why
 */
export function hideFaultButtons(why) {
  const none = byId('faults-none', HTMLElement);
  none.textContent = why;
  none.hidden = false;
  byId('faults', HTMLElement).hidden = true;
}
