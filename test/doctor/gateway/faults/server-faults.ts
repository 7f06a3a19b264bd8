import { type Reply, withHeader, withoutHeader } from '../reply.ts';
import { type Fault, fault } from './fault.ts';
import { isCommand, isPoll, isRequest, isSubscription } from './requests.ts';

type When = Parameters<typeof fault>[3];

const answers401: When = (request, { status }) => isRequest(request) && status === 401;
const isCommandThatWorks: When = (request, { status }) => isCommand(request) && status === 200;
const isNewQueue: When = (request, { status }) => isSubscription(request) && status === 201;
const isLiveQueue: When = (request, { status }) => isPoll(request) && status === 204;
const isDeadQueue: When = (request, { status }) => isPoll(request) && status === 404;

function status(code: number): (reply: Reply) => Reply {
  return (reply) => ({ ...reply, status: code });
}

/** Of the servers behind the gateway, or of what the gateway makes of their answers. */
export const SERVER_FAULTS: readonly Fault[] = [
  fault('a token that is not valid gets 403', ['unauthorized-form'], 'server', answers401, status(403)),
  fault('a token that is not valid gets 500', ['unauthorized-form'], 'server', answers401, status(500)),
  fault('a token that is not valid is redirected to sign in', ['redirect'], 'server', answers401, (reply) =>
    withHeader(
      { ...reply, status: 302, body: '' },
      'Location',
      'https://sign-in.bank.example/?marked-query-4715',
    ),
  ),
  fault('each token is refused', ['token-refused'], 'server', isRequest, (reply) => ({
    ...reply,
    status: 401,
    headers: [],
  })),
  fault('commands get 500', ['server-error'], 'server', isCommandThatWorks, status(500)),
  fault('commands get 404', ['server-error'], 'server', isCommandThatWorks, status(404)),
  fault('commands get HTML', ['not-json'], 'server', isCommandThatWorks, (reply) => ({
    ...withHeader(reply, 'Content-Type', 'text/html'),
    body: '<!doctype html><title>marked-body-4717</title>',
  })),
  fault(
    'characters beyond ASCII are refused',
    ['special-characters'],
    'server',
    (request, reply) => isCommandThatWorks(request, reply) && /[^\x20-\x7e]/.test(request.body),
    status(400),
  ),
  fault(
    'bodies above 64 kB are refused',
    ['large-body'],
    'server',
    (request, reply) => isCommandThatWorks(request, reply) && request.body.length > 65_536,
    status(413),
  ),
  fault('a subscription gets 400', ['subscribe-form'], 'server', isNewQueue, (reply) =>
    withoutHeader(status(400)(reply), 'Location'),
  ),
  fault('a subscription has no Location', ['location-missing'], 'server', isNewQueue, (reply) =>
    withoutHeader(reply, 'Location'),
  ),
  fault('a Location has another end', ['location-form'], 'server', isNewQueue, (reply) =>
    withHeader(reply, 'Location', '/marked-query-4715/7'),
  ),
  fault(
    'queues are read without a valid token',
    ['token-not-checked'],
    'server',
    (request, reply) => isPoll(request) && answers401(request, reply),
    () => ({ status: 204, headers: [], body: '' }),
  ),
  fault('an empty queue is an object', ['poll-form'], 'server', isLiveQueue, (reply) => ({
    ...withHeader(reply, 'Content-Type', 'application/json'),
    status: 200,
    body: '{"events":[]}',
  })),
  fault('an empty queue gets HTML', ['poll-form'], 'server', isLiveQueue, (reply) => ({
    ...withHeader(reply, 'Content-Type', 'text/html'),
    status: 200,
    body: '<p>marked-body-4717',
  })),
  fault('an empty queue gets 500', ['poll-form'], 'server', isLiveQueue, status(500)),
  fault('a queue that is gone gets 500', ['dead-queue-form'], 'server', isDeadQueue, status(500)),
  fault('a queue that is gone gets 204', ['dead-queue-form'], 'server', isDeadQueue, (reply) => ({
    ...reply,
    status: 204,
    body: '',
  })),
  fault('a queue that is gone gets an empty list', ['dead-queue-form'], 'server', isDeadQueue, (reply) => ({
    ...reply,
    status: 200,
    body: '[]',
  })),
  fault('a queue that is gone gets 401', ['dead-queue-form'], 'server', isDeadQueue, status(401)),
  fault(
    'the first request gets 429, and does not say for how long',
    ['rate-limit-form'],
    'server',
    ({ count }) => count === 0,
    (reply) => ({ ...reply, status: 429 }),
  ),
  fault(
    'the first request gets 429, for a time that is not understood',
    ['rate-limit-form'],
    'server',
    ({ count }) => count === 0,
    (reply) => withHeader({ ...reply, status: 429 }, 'Retry-After', 'soon'),
  ),
  fault('the server’s clock is an hour slow', ['clock'], 'server', isRequest, (reply) =>
    withHeader(reply, 'Date', new Date(Date.now() - 3_600_000).toUTCString()),
  ),
  fault('the server’s clock is 20 seconds fast', ['clock'], 'server', isRequest, (reply) =>
    withHeader(reply, 'Date', new Date(Date.now() + 20_000).toUTCString()),
  ),
];
