import { type CatalogueEntries, NOTHING_ARRIVES } from './entry.ts';

/** The way to the server and back. */
export const CONNECTION = {
  'insecure-address': {
    severity: 'error',
    effect: 'httpTransport and QueuePoller refuse the address with INVALID_OPTIONS, and nothing is sent.',
    advice: 'Serve it over https, and give the page the address with https.',
  },
  unreachable: {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice: 'Check the host and the port, and that the network from here leads there.',
  },
  certificate: {
    severity: 'error',
    effect: 'Where the browser does not trust the certificate either, every request fails with NETWORK.',
    advice:
      "Install a certificate for this host, with the whole chain up to an authority that your users' browsers trust.",
  },
  'no-answer': {
    severity: 'error',
    effect: 'The widget shows its spinner, then an error: TIMEOUT, by default after 30 s.',
    advice: 'Look in the log of the gateway whether the request arrived, and what it waited for.',
  },
  'endless-answer': {
    severity: 'error',
    effect: 'A page waits for the whole body: the request fails with TIMEOUT, or takes very long.',
    advice: 'Let the server end its answer. It must be one JSON text, not a stream of events.',
  },
  'not-http': {
    severity: 'error',
    effect: 'The request fails with NETWORK.',
    advice:
      'Check the port, and that https is spoken where the address says https. Look in the log of the gateway.',
  },
  redirect: {
    severity: 'error',
    effect:
      'Redirects are not followed, since they would carry the token elsewhere: HTTP with the status 0. A redirected preflight is NETWORK.',
    advice:
      'Give the page the address that it leads to. If that is a sign-in page, answer 401 instead of the redirect.',
    remedy: { kind: 'answer-401' },
  },
  'old-http': {
    severity: 'advice',
    effect: 'Each request opens a new connection, which costs round trips.',
    advice: 'Let the gateway speak HTTP/1.1 or HTTP/2.',
  },
  'no-http2': {
    severity: 'advice',
    effect: 'A browser opens up to six connections instead of one, and further requests wait for each other.',
    advice: 'Offer HTTP/2 beside HTTP/1.1.',
    remedy: { kind: 'http2' },
  },
} as const satisfies CatalogueEntries;
