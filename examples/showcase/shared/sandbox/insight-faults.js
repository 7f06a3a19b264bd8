import { setFault } from './faults.js';

/** Only the insights are spoilt, so that what is pressed and what is seen belong together. */
const scope = { server: 'pserver', type: 'getInsights' };

/** @param {object} fault */
const spoil = (fault) => () => setFault({ ...scope, ...fault });

/**
 * What can be made to go wrong with the next request for insights, and what there is to see then.
 *
 * @type {readonly import('./trouble.js').Trouble[]}
 */
export const insightFaults = [
  {
    name: 'slow',
    label: 'Slow answer',
    make: spoil({ kind: 'slow', ms: 2_000 }),
    expect: 'The answer takes 2 seconds: the request is pending, then answered.',
  },
  {
    name: 'never',
    label: 'No answer',
    make: spoil({ kind: 'never' }),
    expect: 'The request times out, and the widget gets a failure reply instead of silence.',
  },
  {
    name: 'refused-token',
    label: 'Refused token',
    make: spoil({ kind: 'stale-token' }),
    expect:
      'The server refuses the token with 401. The bridge gets a fresh one, sends the request again, and the widget notices nothing.',
  },
  {
    name: 'error-json',
    label: 'Error, JSON',
    make: spoil({ kind: 'error', status: 500, body: 'json' }),
    expect: 'HTTP 500 with an error of the server’s own: the widget gets that one.',
  },
  {
    name: 'error-html',
    label: 'Error, HTML',
    make: spoil({ kind: 'error', status: 500, body: 'html' }),
    expect: 'HTTP 500 with a page of HTML: the widget gets a failure reply in its own terms.',
  },
  {
    name: 'garbage',
    label: 'Garbage',
    make: spoil({ kind: 'garbage' }),
    expect: 'HTTP 200, and yet a page of HTML: an invalid response, of which nothing reaches the widget.',
  },
  {
    name: 'network',
    label: 'Lost line',
    make: spoil({ kind: 'network' }),
    expect: 'The connection breaks. A command that only reads is sent again by itself.',
  },
  {
    name: 'twice',
    label: 'Two answers',
    make: spoil({ kind: 'twice' }),
    expect: 'The reply comes a second time, over the push channel, and is dropped.',
  },
  {
    name: 'late',
    label: 'Late answer',
    make: spoil({ kind: 'late', ms: 5_000 }),
    expect:
      'The reply comes over the push channel after 5 seconds, when the request has timed out: it is dropped.',
  },
  {
    name: 'pushed',
    label: 'Pushed',
    make: spoil({ kind: 'late', ms: 1_000 }),
    expect: 'No HTTP answer, but the reply comes over the push channel in time, and counts.',
  },
  {
    name: 'base64',
    label: 'Base64',
    make: spoil({ kind: 'base64' }),
    expect: 'The answer is Base64, as native hosts give it. It is read like any other.',
  },
];
