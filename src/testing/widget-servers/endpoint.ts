import type { ServerName } from '../../index.ts';
import { wait } from '../clock.ts';
import type { FaultQueue } from '../faults/fault-queue.ts';
import { misbehave } from '../faults/misbehave.ts';
import { jsonResponse } from '../faults/responses.ts';
import type { PushChannel } from '../push-channel.ts';
import type { ReplayedServers } from '../replay/replayed-servers.ts';
import type { LogEntry, RequestLog } from '../request-log.ts';
import type { TokenState, Tokens } from '../tokens.ts';
import { type Command, parseCommand, type Reply, refusal, type Service } from './service.ts';

/** A request that arrives at a server. */
export interface IncomingRequest {
  readonly body: string;
  readonly token: string | null;
  readonly requestId: string | null;
  /** The request parameter `channel`. */
  readonly channel: string | null;
  readonly via: LogEntry['via'];
  readonly signal: AbortSignal;
}

/** Handles a request to one server: token, command, faults, answer. */
export type Endpoint = (incoming: IncomingRequest) => Promise<Response>;

/** The parts that all servers share. */
export interface SharedParts {
  readonly tokens: Tokens;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  readonly pushes: PushChannel;
  /** Answers in the place of the service. */
  readonly replayed: ReplayedServers | undefined;
  readonly latency: () => number;
  readonly now: () => number;
}

export function createEndpoint(server: ServerName, service: Service, shared: SharedParts): Endpoint {
  const { tokens, faults, log, pushes, latency, now, replayed } = shared;

  return async (incoming) => {
    const command = parseCommand(incoming.body);
    const token = tokens.stateOf(incoming.token);
    const requestId = incoming.requestId ?? undefined;
    const arrival = { server, via: incoming.via, type: command?.type, requestId, token };
    const note = log.add(arrival, incoming.token);
    const delay = wait(latency(), incoming.signal);
    const [response] = await Promise.all([answer(incoming, command, token, note, delay), delay]);
    if (response.type !== 'error') note({ status: response.status });
    return response;
  };

  async function answer(
    { body, token, requestId, channel, signal }: IncomingRequest,
    command: Command | undefined,
    state: TokenState,
    note: ReturnType<RequestLog['add']>,
    delay: Promise<void>,
  ): Promise<Response> {
    if (state !== 'good') return unauthorised(state);
    if (!command) return jsonResponse(refusal(400, 'The body must be a JSON object that names a type.'));
    // Only a request that would have been answered consumes a fault.
    const fault = faults.take(server, command.type);
    note({ fault: fault?.kind });
    if (fault?.kind === 'stale-token') {
      if (token) tokens.revoke(token);
      return unauthorised('stale');
    }
    const push = (response: Reply, ms: number): void => {
      if (requestId !== null) pushes.send({ requestId, server, response }, ms);
    };
    const again = { server, type: command.type, requestId, body, signal, push };
    const execute = (): Reply =>
      replayed ? replayed.reply(again) : service.execute(channel ? { ...command, channel } : command);
    await delay;
    if (replayed && !fault) return replayed.answer(again);
    return fault ? misbehave(fault, { execute, push, signal, now }) : jsonResponse(execute());
  }
}

function unauthorised(state: Exclude<TokenState, 'good'>): Response {
  return jsonResponse(refusal(401, `The authToken header is ${state}.`));
}
