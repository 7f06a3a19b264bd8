import type { CatalogueEntries } from './entry.ts';

/** The forms of answers. */
export const ANSWER = {
  'token-refused': {
    severity: 'error',
    effect:
      'A page that gives tokens is asked once for a fresh one. If that is refused too, or there is none, the request fails with UNAUTHORIZED.',
    advice:
      'Check that the token has not expired, and is for this server. If a page gets a good one, it is no fault of the gateway.',
  },
  'unauthorized-form': {
    severity: 'warning',
    effect:
      'Only a 401 makes the page request a fresh token. With this answer, requests fail as soon as a token has expired.',
    advice: 'Answer 401 to a token that is not valid.',
    remedy: { kind: 'answer-401' },
  },
  'token-not-checked': {
    severity: 'warning',
    effect:
      'Anyone can send this request and read the answer, without a session. The page does not learn that its token has expired.',
    advice: 'Check the token, in the gateway or in the server behind it, and answer 401 if it is not valid.',
  },
  'subscribe-form': {
    severity: 'error',
    effect:
      'The poller gets no queue. After a 400, `start` rejects with HTTP; after another status, the poller keeps trying.',
    advice:
      "Check that `POST {baseUrl}/queues/subscribe` leads to Linxo's address of that name, with its body unchanged.",
  },
  'location-missing': {
    severity: 'error',
    effect:
      'The page does not learn which queue is its own: `start` rejects with INVALID_RESPONSE, and the poller fails.',
    advice: 'Pass on the header Location of the answer to `queues/subscribe`.',
  },
  'location-form': {
    severity: 'error',
    effect:
      "The page cannot read the queue's id: `start` rejects with INVALID_RESPONSE, and the poller fails.",
    advice: 'Pass on the end of the header Location, `/queues/{id}`. What stands before it does not matter.',
  },
  'poll-form': {
    severity: 'error',
    effect:
      'Each poll fails with INVALID_RESPONSE or HTTP, or with QUEUE_EXPIRED after 404 and 410, and the page gets no event.',
    advice:
      'Check the route of `GET {baseUrl}/queues/{id}`, and pass on the answer unchanged: 204 without a body, or 200 with a JSON array.',
  },
  'dead-queue-form': {
    severity: 'error',
    effect:
      'Only 404 or 410 make the poller get another queue. After a 401 it ends with UNAUTHORIZED, and else it stays with the dead one: the page gets no events.',
    advice: 'Pass on the status 404 or 410 of a queue that has expired.',
  },
  'rate-limit-form': {
    severity: 'warning',
    effect:
      'Pages do not know how long to stay away, and come back within seconds, while the server is busy.',
    advice: 'Send Retry-After in seconds with 429 and 503.',
    remedy: { kind: 'retry-after' },
  },
  'server-error': {
    severity: 'error',
    effect:
      'The request fails with HTTP and this status: the widget shows its error, and a poller gets nothing.',
    advice: 'Check the address and the route of the gateway, and look in the log of the server behind it.',
  },
  'not-json': {
    severity: 'error',
    effect: 'The widget shows its error, and what the page reads itself fails with INVALID_RESPONSE.',
    advice: 'Look at the answer: mostly it is an HTML page of a gateway, a sign-in or a firewall.',
  },
  'body-cut': {
    severity: 'error',
    effect: 'The body breaks off, and the request fails with NETWORK.',
    advice:
      'Let the gateway pass on the whole body. If it changes bodies, it must correct or remove Content-Length.',
  },
  'body-encoding': {
    severity: 'error',
    effect: 'The browser cannot decode the body: NETWORK, or text with wrong characters.',
    advice: 'Send UTF-8, compress it at most once, and name in Content-Encoding what was done.',
  },
  'large-body': {
    severity: 'error',
    effect: 'Requests with much data fail with HTTP, 413 mostly, or NETWORK, while small ones succeed.',
    advice: 'Let the gateway and its firewall accept requests of 1 MB. The doctor sent 200 kB.',
    remedy: { kind: 'body-size' },
  },
  'special-characters': {
    severity: 'error',
    effect: 'Requests with an accent or a symbol in a name fail, while others succeed.',
    advice: 'Let the gateway and its firewall pass on bodies as UTF-8, unchanged.',
  },
  uncompressed: {
    severity: 'advice',
    effect: 'Answers take longer on slow networks: JSON shrinks to a fifth or less.',
    advice: 'Compress JSON.',
    remedy: { kind: 'compression' },
  },
  clock: {
    severity: 'warning',
    effect:
      'The poller compares this time with the dates of events: it may read connections more often, and `whenSynced` can miss an end, or take an old one for new.',
    advice: 'Compare both clocks with a time server. It may be the clock of this machine.',
  },
} as const satisfies CatalogueEntries;
