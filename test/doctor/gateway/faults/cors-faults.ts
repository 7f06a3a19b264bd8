import { headerOf, type Reply, withHeader, withoutHeader } from '../reply.ts';
import { type Fault, fault, withCookies, withoutCookies } from './fault.ts';
import { isError, isOfServer, isPoll, isRequest, isSubscription, isSuccess } from './requests.ts';

const ORIGIN = 'Access-Control-Allow-Origin';
const CREDENTIALS = 'Access-Control-Allow-Credentials';
const EXPOSED = 'Access-Control-Expose-Headers';

/** Takes a name out of the list of exposed headers. */
function hides(hidden: string): (reply: Reply) => Reply {
  return (reply) => {
    const names = `${headerOf(reply, EXPOSED)}`.split(', ').filter((name) => name !== hidden);
    return withHeader(reply, EXPOSED, names.join(', '));
  };
}

/** Of answers and of all that they allow. */
export const CORS_FAULTS: readonly Fault[] = [
  fault('answers of success allow no origin', ['answer-origin'], 'gateway', isSuccess, (reply) =>
    withoutHeader(reply, ORIGIN),
  ),
  fault('answers of success allow another origin', ['answer-origin'], 'gateway', isSuccess, (reply) =>
    withHeader(reply, ORIGIN, 'https://other.bank.example'),
  ),
  fault('answers of errors allow no origin', ['error-answer-origin'], 'gateway', isError, (reply) =>
    withoutHeader(reply, ORIGIN),
  ),
  fault(
    'answers of 401 allow no origin',
    ['error-answer-origin'],
    'gateway',
    (request, reply) => isError(request, reply) && reply.status === 401,
    (reply) => withoutHeader(reply, ORIGIN),
  ),
  fault(
    'answers of 404 allow no origin',
    ['error-answer-origin'],
    'gateway',
    (request, reply) => isError(request, reply) && reply.status === 404,
    (reply) => withoutHeader(reply, ORIGIN),
  ),
  fault('the gateway and the server both allow the origin', ['origin-twice'], 'gateway', isRequest, (reply) =>
    withHeader(reply, ORIGIN, `${headerOf(reply, ORIGIN)}`, `${headerOf(reply, ORIGIN)}`),
  ),
  fault(
    'the server allows all origins and the gateway one',
    ['origin-twice'],
    'gateway',
    isRequest,
    (reply) => withHeader(reply, ORIGIN, '*', `${headerOf(reply, ORIGIN)}`),
  ),
  withCookies(
    fault('answers do not allow cookies', ['answer-credentials'], 'gateway', isRequest, (reply) =>
      withoutHeader(reply, CREDENTIALS),
    ),
  ),
  withCookies(
    fault('all origins are allowed on answers', ['answer-credentials'], 'gateway', isRequest, (reply) =>
      withHeader(reply, ORIGIN, '*'),
    ),
  ),
  withoutCookies(
    fault('all origins are allowed, and cookies', ['credentials-wildcard'], 'gateway', isRequest, (reply) =>
      withHeader(withHeader(reply, ORIGIN, '*'), CREDENTIALS, 'true'),
    ),
  ),
  fault(
    'any origin is allowed, with cookies',
    ['origin-reflected'],
    'gateway',
    isOfServer,
    (reply, { headers }) => withHeader(withHeader(reply, ORIGIN, `${headers.origin}`), CREDENTIALS, 'true'),
  ),
  fault(
    'any origin is allowed, with cookies, but for errors',
    ['origin-reflected'],
    'gateway',
    (request, reply) => isOfServer(request) && reply.status < 300,
    (reply, { headers }) => withHeader(withHeader(reply, ORIGIN, `${headers.origin}`), CREDENTIALS, 'true'),
  ),
  fault('Location is hidden', ['location-hidden'], 'gateway', isSubscription, hides('Location')),
  fault('Date is hidden', ['date-hidden'], 'gateway', isRequest, hides('Date')),
  fault('Retry-After is not listed', ['retry-after-not-listed'], 'gateway', isRequest, hides('Retry-After')),
  fault(
    'nothing is exposed',
    ['date-hidden', 'location-hidden', 'retry-after-not-listed'],
    'gateway',
    isRequest,
    (reply) => withoutHeader(reply, EXPOSED),
  ),
  fault(
    'the list of what is exposed has no commas',
    ['date-hidden', 'location-hidden', 'retry-after-not-listed'],
    'gateway',
    isRequest,
    (reply) => withHeader(reply, EXPOSED, 'Location Retry-After Date'),
  ),
  fault(
    'the first request gets 429, with a Retry-After that is hidden',
    ['retry-after-hidden'],
    'gateway',
    (request) => isRequest(request) && request.count === 0,
    (reply) => hides('Retry-After')(withHeader({ ...reply, status: 429 }, 'Retry-After', '0')),
  ),
  fault('answers may be stored', ['no-store'], 'gateway', isPoll, (reply) =>
    withoutHeader(reply, 'Cache-Control'),
  ),
  fault('answers are private only', ['no-store'], 'gateway', isPoll, (reply) =>
    withHeader(reply, 'Cache-Control', 'private, max-age=0'),
  ),
  fault('answers come from a cache', ['cached-answer'], 'gateway', isPoll, (reply) =>
    withHeader(reply, 'Age', '30'),
  ),
  fault(
    'answers do not say that they depend on the origin',
    ['vary-unstored'],
    'gateway',
    isRequest,
    (reply) => withoutHeader(reply, 'Vary'),
  ),
  fault(
    'reads may be stored, and do not say that they depend on the origin',
    ['no-store', 'vary'],
    'gateway',
    (request, reply) => isPoll(request) && isSuccess(request, reply),
    (reply) => withoutHeader(withoutHeader(reply, 'Vary'), 'Cache-Control'),
  ),
];
