import { wait } from '../clock.ts';
import type { FaultQueue } from '../faults/fault-queue.ts';
import { failAgain } from '../replay/answer-again.ts';
import type { FailedRequest } from '../replay/pending-failures.ts';
import type { ReplayedQueue } from '../replay/replayed-queue.ts';
import type { LogEntry, RequestLog } from '../request-log.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { createGateway, type TokenState } from '../tokens.ts';
import type { AccessTokens } from './access-tokens.ts';
import { corsHeaders, preflightResponse } from './cors.ts';
import type { QueueModel } from './create-queue-service.ts';
import { answerResponse, refusalAnswer } from './linxo-answer.ts';
import { execute, isEmptyRead, isSubscription, type LinxoCall } from './linxo-call.ts';
import type { CorsOptions } from './linxo-options.ts';
import { type LinxoRoute, readRoute } from './linxo-route.ts';
import { misbehaveLinxo } from './misbehave-linxo.ts';

/** The parts that all servers share, and the access tokens. */
export interface LinxoParts {
  readonly tokens: AccessTokens;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  readonly latency: () => number;
  readonly now: () => number;
  readonly random: SeededRandom;
  /** Fills the model, and says which requests fail as they did. */
  readonly replayed?: ReplayedQueue | undefined;
}

/** A request with its body and the token of the page or the gateway. */
interface IncomingCall {
  readonly request: Request;
  readonly route: LinxoRoute;
  readonly body: string;
  readonly token: string | null;
}

/** Handles a request to the event queue: route, token, faults, answer, headers. */
export function createLinxoEndpoint(
  model: QueueModel,
  parts: LinxoParts,
): (request: Request) => Promise<Response> {
  const { tokens, faults, log, latency, now } = parts;
  const gateway = createGateway(tokens);

  return async (request) => {
    const route = readRoute(request.url);
    const response = await respond(request, route);
    return response.type === 'error' ? response : withHeaders(response, request, route);
  };

  async function respond(request: Request, route: LinxoRoute | undefined): Promise<Response> {
    if (!route) return answerResponse(refusalAnswer(404, 'There is nothing at this address.'));
    const { cors } = model.settings;
    if (request.method === 'OPTIONS' && cors) return preflight(request, route.via, cors);
    if (request.method !== route.method) return wrongMethod(route.method);
    const body = await request.text();
    if (route.via === 'page') return serve({ request, route, body, token: bearerOf(request) });
    return gateway((token) => serve({ request, route, body, token }));
  }

  async function serve(incoming: IncomingCall): Promise<Response> {
    const { request, route, token } = incoming;
    const state = tokens.stateOf(token);
    const requestId = request.headers.get('x-request-id') ?? undefined;
    const type = route.operation;
    const note = log.add({ server: 'linxo', via: route.via, type, requestId, token: state }, token);
    const delay = wait(latency(), request.signal);
    const [response] = await Promise.all([answer(incoming, state, note, delay), delay]);
    if (response.type !== 'error') note({ status: response.status });
    return response;
  }

  async function answer(
    { request, route, body, token }: IncomingCall,
    state: TokenState,
    note: ReturnType<RequestLog['add']>,
    delay: Promise<void>,
  ): Promise<Response> {
    if (state !== 'good' || token === null) return unauthorised(state);
    if (route.operation === 'subscribe' && !isSubscription(body)) {
      return answerResponse(refusalAnswer(400, 'The body must be JSON whose topics are ["connections"].'));
    }
    await delay;
    const reader = { user: tokens.userOf(token), reader: token };
    parts.replayed?.catchUp(reader.user);
    const call: LinxoCall = { route, reader, signal: request.signal };
    const fault = faults.takeForLinxo(route.operation, isEmptyRead(model, call));
    note({ fault: fault?.kind });
    if (!fault) return failedAgain(call) ?? answerResponse(execute(model, call));
    if (fault.kind !== 'stale-token') return misbehaveLinxo(fault, call, { model, ...parts });
    tokens.revoke(token);
    return unauthorised('stale');
  }

  function failedAgain({ route, signal }: LinxoCall): Response | Promise<Response> | undefined {
    const type = FAILED_REQUESTS.get(route.operation);
    const failure = type && parts.replayed?.failureOf(type, route.id ?? '');
    return failure && failAgain(failure.code, failure.status, signal);
  }

  function preflight(request: Request, via: LogEntry['via'], cors: Required<CorsOptions>): Response {
    const note = log.add(
      { server: 'linxo', via, type: 'preflight', requestId: undefined, token: 'missing' },
      null,
    );
    note({ status: 204 });
    return preflightResponse(request.headers.get('origin'), cors);
  }

  function withHeaders(response: Response, request: Request, route: LinxoRoute | undefined): Response {
    const { cors, readHeaders } = model.settings;
    const headers = {
      date: new Date(now()).toUTCString(),
      ...(route?.method === 'GET' && request.method === 'GET' && readHeaders),
      ...(cors && request.method !== 'OPTIONS' && corsHeaders(request.headers.get('origin'), cors)),
    };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  }
}

/** What a recording calls the operations. */
const FAILED_REQUESTS: ReadonlyMap<string, FailedRequest> = new Map([
  ['subscribe', 'subscribe'],
  ['queue', 'poll'],
  ['connection', 'connection'],
]);

function bearerOf(request: Request): string | null {
  const [, token = null] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return token;
}

function unauthorised(state: TokenState): Response {
  const response = answerResponse(refusalAnswer(401, `The access token is ${state}.`));
  response.headers.set('www-authenticate', 'Bearer');
  return response;
}

function wrongMethod(allowed: string): Response {
  const response = answerResponse(refusalAnswer(405, `Use ${allowed}.`));
  response.headers.set('allow', allowed);
  return response;
}
