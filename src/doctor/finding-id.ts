/** `error`: requests fail. `warning`: something fails at times, or a risk. `advice`: it works, and could cost less. */
export type Severity = 'error' | 'warning' | 'advice';

/** What a finding is about. The catalogue has the rest of each. */
export type FindingId =
  // The connection.
  | 'insecure-address' // plain HTTP, not on loopback
  | 'unreachable' // no such host, refused, reset
  | 'certificate'
  | 'no-answer' // no status in time
  | 'endless-answer' // a body that does not end, or is far too long
  | 'not-http'
  | 'redirect' // of a preflight or of a request
  | 'old-http' // HTTP/1.0
  | 'no-http2' // https that offers HTTP/1.1 alone
  // Preflights.
  | 'preflight-refused' // its status is not 200 to 299: 401, 403, 404, 405, 5xx
  | 'preflight-origin' // Access-Control-Allow-Origin of a preflight is missing, or another
  | 'preflight-headers' // Access-Control-Allow-Headers lacks one that the page sends, or is malformed
  | 'preflight-methods' // Access-Control-Allow-Methods is malformed: GET and POST need not be in it
  | 'preflight-wildcard' // `*` covers nothing with credentials; nor `authorization`, in a browser that keeps to the standard
  | 'authorization-wildcard' // `authorization` is allowed by `*` alone, which browsers accept, against the standard
  | 'preflight-credentials' // Access-Control-Allow-Credentials is not `true` where cookies are sent
  | 'preflight-lifetime' // missing, 0, unreadable, or shorter than 60 s
  // CORS of answers.
  | 'answer-origin' // Access-Control-Allow-Origin is missing, or another, on an answer of success
  | 'error-answer-origin' // the same on 401, 404, 410, 429, 5xx
  | 'origin-twice' // several values or several headers Access-Control-Allow-Origin
  | 'answer-credentials' // cookies are sent, and Allow-Credentials is missing on the answer, or beside `*`
  | 'credentials-wildcard' // Allow-Credentials: true beside `*`, where no cookies are sent
  | 'origin-reflected' // any origin at all is allowed, with credentials
  | 'location-hidden'
  | 'retry-after-hidden' // on an answer that has it
  | 'retry-after-not-listed' // no 429 was seen, and the list of exposed headers lacks it
  | 'date-hidden'
  | 'no-store' // a GET without Cache-Control: no-store
  | 'cached-answer' // a GET that was answered from a cache: Age above 0
  | 'vary' // the answer to a GET depends on the origin and does not say so, and a cache may store it
  | 'vary-unstored' // the same where no cache stores the answers: no-store, or answers to POST
  // Forms of answers.
  | 'token-refused' // the token that was given is refused
  | 'unauthorized-form' // a token that is not valid: neither a 401 nor the answer of a valid one
  | 'token-not-checked' // a token that is not valid: the answer of a valid one
  | 'subscribe-form' // no success
  | 'location-missing'
  | 'location-form' // it does not end in /queues/{id}
  | 'poll-form' // of a queue that exists: neither 204 nor an array as JSON
  | 'dead-queue-form' // neither 404 nor 410
  | 'rate-limit-form' // 429 or 503 without a Retry-After that is understood
  | 'server-error' // another error status where success was due: 404 of the address, 5xx
  | 'not-json'
  | 'body-cut' // shorter than Content-Length, or a chunk is missing
  | 'body-encoding' // Content-Encoding does not fit, was not asked for, or the text is no UTF-8
  | 'large-body' // a request of 200 kB is refused, one of 200 bytes is not
  | 'special-characters' // a request with characters beyond ASCII is refused, one without is not
  | 'uncompressed' // an answer of JSON above 2 kB comes uncompressed
  | 'clock' // the server's time differs by more than 10 s
  // The page.
  | 'insecure-page' // the page comes over plain HTTP, not from loopback
  | 'page-moved' // the address of the page leads to another origin than --origin says
  | 'connect-src' // the policy does not allow an address
  | 'trusted-types' // enforced, and the policy named `default`, which the widget's jQuery needs, is not allowed
  | 'page-sandboxed' // the page has no origin or no scripts: directive sandbox, or a sandboxed frame
  | 'page-framing'; // any site can show the page in a frame
