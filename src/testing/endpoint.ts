import type { ServerName } from '../index.ts';
import { readCommand } from './command.ts';
import type { FaultQueue } from './fault-queue.ts';
import { misbehave } from './misbehave.ts';
import type { PushChannel } from './push-channel.ts';
import { type Reply, refusal } from './reply.ts';
import type { LogEntry, RequestLog } from './request-log.ts';
import { jsonResponse } from './responses.ts';
import type { Service } from './service.ts';
import type { TokenState, Tokens } from './tokens.ts';
import { wait } from './wait.ts';

/** One request as it arrives at a server. */
export interface Arriving {
  readonly body: string;
  readonly token: string | null;
  readonly requestId: string | null;
  /** The request parameter of that name. */
  readonly channel: string | null;
  readonly via: LogEntry['via'];
  readonly signal: AbortSignal;
}

/** The way of a request through one server: token, command, faults, answer. */
export type Endpoint = (arriving: Arriving) => Promise<Response>;

/** What the servers share. */
export interface Surroundings {
  readonly tokens: Tokens;
  readonly faults: FaultQueue;
  readonly log: RequestLog;
  readonly pushes: PushChannel;
  readonly latency: () => number;
  readonly now: () => number;
}

export function createEndpoint(server: ServerName, service: Service, surroundings: Surroundings): Endpoint {
  const { tokens, faults, log, pushes, latency, now } = surroundings;

  return async (arriving) => {
    const command = readCommand(arriving.body);
    const token = tokens.stateOf(arriving.token);
    const requestId = arriving.requestId ?? undefined;
    const arrival = { server, via: arriving.via, type: command?.type, requestId, token };
    const note = log.add(arrival, arriving.token);
    const arrived = wait(latency(), arriving.signal);
    const [response] = await Promise.all([answer(), arrived]);
    if (response.type !== 'error') note({ status: response.status });
    return response;

    async function answer(): Promise<Response> {
      if (token !== 'good') return unauthorised(token);
      if (!command) return jsonResponse(refusal(400, 'The body must be a JSON object that names a type.'));
      // Only a request that would have been answered uses up a fault.
      const fault = faults.take(server, command.type);
      note({ fault: fault?.kind });
      if (fault?.kind === 'stale-token') {
        if (arriving.token) tokens.revoke(arriving.token);
        return unauthorised('stale');
      }
      const execute = () =>
        service.execute(arriving.channel ? { ...command, channel: arriving.channel } : command);
      await arrived;
      if (!fault) return jsonResponse(execute());
      return misbehave(fault, { execute, push, signal: arriving.signal, now });
    }

    function push(response: Reply, ms: number): void {
      if (requestId !== undefined) pushes.send({ requestId, server, response }, ms);
    }
  };
}

function unauthorised(state: Exclude<TokenState, 'good'>): Response {
  return jsonResponse(refusal(401, `The authToken header is ${state}.`));
}
