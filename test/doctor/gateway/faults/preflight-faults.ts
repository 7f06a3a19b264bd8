import { headerOf, type Reply, withHeader, withoutHeader } from '../reply.ts';
import { type Fault, fault, withCookies, withoutCookies } from './fault.ts';
import { isOfServer, isPreflight } from './requests.ts';

const ORIGIN = 'Access-Control-Allow-Origin';
const HEADERS = 'Access-Control-Allow-Headers';
const MAX_AGE = 'Access-Control-Max-Age';

function preflightFault(name: string, finds: Fault['finds'], change: (reply: Reply) => Reply): Fault {
  return fault(name, finds, 'gateway', (request) => isOfServer(request) && isPreflight(request), change);
}

/** A preflight that is answered with this status, and right headers. */
function refused(status: number): Fault {
  return preflightFault(`preflights are answered ${status}`, ['preflight-refused'], (reply) => ({
    ...reply,
    status,
  }));
}

export const PREFLIGHT_FAULTS: readonly Fault[] = [
  ...[400, 401, 403, 404, 405, 500, 503].map(refused),
  preflightFault('preflights are redirected', ['redirect'], (reply) =>
    withHeader({ ...reply, status: 302 }, 'Location', '/sign-in?marked-query-4715'),
  ),
  preflightFault('preflights allow no origin', ['preflight-origin'], (reply) => withoutHeader(reply, ORIGIN)),
  preflightFault('preflights get no headers of CORS', ['preflight-origin'], (reply) => ({
    ...reply,
    headers: reply.headers.filter(([name]) => !/^access-control-/i.test(name)),
  })),
  preflightFault('preflights allow another origin', ['preflight-origin'], (reply) =>
    withHeader(reply, ORIGIN, 'https://other.bank.example'),
  ),
  preflightFault('preflights allow the origin in upper case', ['preflight-origin'], (reply) =>
    withHeader(reply, ORIGIN, `${headerOf(reply, ORIGIN)}`.toUpperCase()),
  ),
  preflightFault('preflights allow the origin with a slash at its end', ['preflight-origin'], (reply) =>
    withHeader(reply, ORIGIN, `${headerOf(reply, ORIGIN)}/`),
  ),
  preflightFault('preflights allow the origin twice', ['origin-twice'], (reply) =>
    withHeader(reply, ORIGIN, `${headerOf(reply, ORIGIN)}`, `${headerOf(reply, ORIGIN)}`),
  ),
  preflightFault('preflights allow no headers', ['preflight-headers'], (reply) =>
    withoutHeader(reply, HEADERS),
  ),
  preflightFault('preflights allow no header of tokens', ['preflight-headers'], (reply) =>
    withHeader(reply, HEADERS, 'content-type, bankId'),
  ),
  preflightFault('preflights allow no content-type', ['preflight-headers'], (reply) =>
    withHeader(reply, HEADERS, 'authorization, authToken, bankId'),
  ),
  withoutCookies(
    preflightFault('preflights allow all headers by a star', ['authorization-wildcard'], (reply) =>
      withHeader(reply, HEADERS, '*'),
    ),
  ),
  withCookies(
    preflightFault('preflights allow all headers by a star', ['preflight-wildcard'], (reply) =>
      withHeader(reply, HEADERS, '*'),
    ),
  ),
  preflightFault('preflights list headers with semicolons', ['preflight-headers'], (reply) =>
    withHeader(reply, HEADERS, 'authorization; authToken; content-type'),
  ),
  preflightFault('preflights list methods with spaces', ['preflight-methods'], (reply) =>
    withHeader(reply, 'Access-Control-Allow-Methods', 'GET POST'),
  ),
  preflightFault('preflights name no lifetime', ['preflight-lifetime'], (reply) =>
    withoutHeader(reply, MAX_AGE),
  ),
  preflightFault('preflights live for 0 seconds', ['preflight-lifetime'], (reply) =>
    withHeader(reply, MAX_AGE, '0'),
  ),
  preflightFault('preflights live for 30 seconds', ['preflight-lifetime'], (reply) =>
    withHeader(reply, MAX_AGE, '30'),
  ),
  preflightFault('preflights live for rubbish', ['preflight-lifetime'], (reply) =>
    withHeader(reply, MAX_AGE, '2h'),
  ),
  withCookies(
    preflightFault('preflights do not allow cookies', ['preflight-credentials'], (reply) =>
      withoutHeader(reply, 'Access-Control-Allow-Credentials'),
    ),
  ),
  withCookies(
    preflightFault('preflights allow cookies in another spelling', ['preflight-credentials'], (reply) =>
      withHeader(reply, 'Access-Control-Allow-Credentials', 'True'),
    ),
  ),
];
