import { type CatalogueEntries, NOTHING_ARRIVES } from './entry.ts';

/** Preflights, and what a page may read of an answer. */
export const CORS = {
  'preflight-refused': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice:
      "Answer OPTIONS with 204 before you check a token or a cookie: a preflight has neither. Allow the page's origin in the gateway.",
    remedy: { kind: 'open-preflight' },
  },
  'preflight-origin': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice:
      "Allow the page's origin in the gateway, and answer preflights with it, exactly as the browser sends it.",
    remedy: { kind: 'allow-origin' },
  },
  'preflight-headers': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice: 'Allow the headers that the page sends.',
    remedy: { kind: 'allow-headers' },
  },
  'preflight-methods': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice:
      'Write the methods with commas between them, or leave the header out: GET and POST need no permission.',
  },
  'preflight-wildcard': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice:
      'Name each header instead of `*`: with cookies it allows nothing, and by the standard never `authorization`.',
    remedy: { kind: 'allow-headers' },
  },
  'authorization-wildcard': {
    severity: 'warning',
    effect:
      'It works as long as browsers accept it. By the standard, `*` does not allow `authorization`, and each request will then fail with NETWORK.',
    advice: 'Name `authorization` beside or instead of `*`.',
    remedy: { kind: 'allow-headers' },
  },
  'preflight-credentials': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice: "Allow credentials, and name the page's origin instead of `*`.",
    remedy: { kind: 'allow-credentials' },
  },
  'preflight-lifetime': {
    severity: 'warning',
    effect:
      'Browsers forget the preflight within a minute, or after 5 s if no time is given: while nothing happens, each poll costs two requests.',
    advice: 'Let browsers remember preflights for 2 hours. Chromium allows no more.',
    remedy: { kind: 'max-age' },
  },
  'answer-origin': {
    severity: 'error',
    effect: 'Requests arrive and have their effect, but the page may not read the answer: NETWORK.',
    advice: "Name the page's origin on every answer, not on preflights alone.",
    remedy: { kind: 'allow-origin' },
  },
  'error-answer-origin': {
    severity: 'error',
    effect:
      'The page cannot read the status: a 401 is NETWORK too, so that no fresh token is requested, and an expired queue is not noticed.',
    advice: "Name the page's origin on error answers too, also on those that the gateway makes itself.",
    remedy: { kind: 'allow-origin' },
  },
  'origin-twice': {
    severity: 'error',
    effect: 'Browsers accept one origin only: NETWORK. Often gateway and server each add one.',
    advice: 'Let one of them send the header, best the gateway, and remove the other.',
    remedy: { kind: 'one-origin' },
  },
  'answer-credentials': {
    severity: 'error',
    effect: "Requests arrive, but with `credentials: 'include'` the page may not read the answer: NETWORK.",
    advice: "Allow credentials on every answer, and name the page's origin instead of `*`.",
    remedy: { kind: 'allow-credentials' },
  },
  'credentials-wildcard': {
    severity: 'warning',
    effect: 'It works until the page sends cookies: browsers refuse `*` then, and every request is NETWORK.',
    advice: "Remove Access-Control-Allow-Credentials, or name the page's origin instead of `*`.",
  },
  'origin-reflected': {
    severity: 'warning',
    effect: "Any website can call the server with a user's cookies, and read the answers.",
    advice: 'Compare the origin with a list of your own.',
    remedy: { kind: 'allow-origin' },
  },
  'location-hidden': {
    severity: 'error',
    effect:
      "The page cannot read the queue's id: `start` rejects with INVALID_RESPONSE, and the poller fails.",
    advice: 'Expose the header.',
    remedy: { kind: 'expose-header' },
  },
  'retry-after-hidden': {
    severity: 'warning',
    effect: 'The page does not know how long to stay away, and comes back within seconds.',
    advice: 'Expose the header, on error answers too.',
    remedy: { kind: 'expose-header' },
  },
  'retry-after-not-listed': {
    severity: 'advice',
    effect:
      'If the server slows pages down with 429 or 503, they cannot read for how long, and come back within seconds.',
    advice: 'Expose the header, if anything between page and server can answer 429 or 503.',
    remedy: { kind: 'expose-header' },
  },
  'date-hidden': {
    severity: 'warning',
    effect:
      "The poller does not know the server's time. If the device's clock is ahead, it reads the connection again after each event.",
    advice: 'Send the header, and expose it.',
    remedy: { kind: 'expose-header' },
  },
  'no-store': {
    severity: 'warning',
    effect:
      'A cache may give old answers. While those to polls lack it, the poller bypasses all caches: across origins, each poll then has a preflight in Chromium and Firefox.',
    advice: 'Forbid caches to store the answers.',
    remedy: { kind: 'no-store' },
  },
  'cached-answer': {
    severity: 'error',
    effect: 'Pages get old answers: events are missed, or come to the wrong user.',
    advice: 'Take the address out of every cache: of the gateway, of a CDN, of a proxy.',
    remedy: { kind: 'no-cache' },
  },
  vary: {
    severity: 'warning',
    effect:
      'A cache may send one page the answer for another origin: NETWORK, for some users and for some time.',
    advice: 'Say that the answer depends on the origin.',
    remedy: { kind: 'vary' },
  },
  'vary-unstored': {
    severity: 'advice',
    effect:
      'It works as long as no cache stores these answers. One that did could send a page the answer for another origin: NETWORK.',
    advice: 'Say that the answer depends on the origin.',
    remedy: { kind: 'vary' },
  },
} as const satisfies CatalogueEntries;
