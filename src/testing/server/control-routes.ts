import * as z from 'zod/mini';
import type { Sandbox } from '../create-sandbox.ts';
import { FAULT } from '../faults/read-fault.ts';
import { fields, MILLISECONDS, named, read, TEXT } from '../schemas.ts';
import { done, json, refusalResponse, text } from './answers.ts';
import { ANSWERS } from './answers-path.ts';
import type { EventStream } from './event-stream.ts';
import { SYNCHRONISATION } from './synchronisation.ts';
import type { Synchroniser } from './synchroniser.ts';

type Route = (request: Request) => Response | Promise<Response>;

/** The routes of a path, by method. */
export type Methods = Readonly<Partial<Record<'GET' | 'POST' | 'DELETE', Route>>>;

/** The path of the stream of pushed replies. */
export const REPLIES = '/sandbox/replies';

const NOTHING_TO_ANSWER = 'No connection asks the user for something. See GET /sandbox/connections.';

const ONE_CONNECTION = fields<{ connectionId?: string }>({ connectionId: z.optional(TEXT) });

export type Routes = Readonly<Record<string, Methods>>;

/**
 * The routes besides those of the servers: the session endpoints, the push channel, faults and the log, and what the user, the
 * institution or the clock would do.
 */
export function controlRoutes(sandbox: Sandbox, replies: EventStream, synchroniser: Synchroniser): Routes {
  const { linxo } = sandbox;
  return {
    // A bank would check its session cookie first.
    '/session/token': { POST: () => text(sandbox.issueToken()) },
    '/session/access-token': { POST: () => text(sandbox.issueAccessToken()) },
    [REPLIES]: { GET: () => replies.open() },
    '/sandbox/faults': {
      POST: jsonRoute(FAULT, (fault) => {
        sandbox.fault(fault);
        return done();
      }),
      DELETE() {
        sandbox.clearFaults();
        return done();
      },
    },
    '/sandbox/log': {
      GET: () => json(sandbox.log),
      DELETE() {
        sandbox.clearLog();
        return done();
      },
    },
    '/sandbox/connections': { GET: () => json(connectionsOf(linxo)) },
    '/sandbox/synchronisations': {
      POST: jsonRoute(SYNCHRONISATION, (body) => json({ connectionId: synchroniser.start(body) }, 201)),
    },
    // The body may be missing: one line to type, in any shell.
    [ANSWERS]: {
      POST: jsonRoute(
        ONE_CONNECTION,
        ({ connectionId }) => {
          const connectionIds = synchroniser.answerForUser(connectionId);
          return connectionIds.length > 0 ? json({ connectionIds }) : refusalResponse(409, NOTHING_TO_ANSWER);
        },
        '{}',
      ),
    },
    '/sandbox/challenge-answers': {
      POST: jsonRoute(fields<{ connectionId: string }>({ connectionId: TEXT }), ({ connectionId }) =>
        linxo.answerChallenge(connectionId) ? done() : refusalResponse(409, 'There is no open challenge.'),
      ),
    },
    '/sandbox/queues': {
      DELETE() {
        linxo.killQueue();
        return done();
      },
    },
    '/sandbox/clock': {
      POST: jsonRoute(fields<{ ms: number }>({ ms: MILLISECONDS }), ({ ms }) => {
        sandbox.jump(ms);
        return done();
      }),
    },
  };
}

function connectionsOf(linxo: Sandbox['linxo']): object {
  const connections = linxo.connections();
  const ids = connections.flatMap(({ channels }) => channels.map((channel) => channel.channel_definition_id));
  const channelKinds = Object.fromEntries(ids.map((id) => [id, linxo.channelKind(id)]));
  return { connections, channelKinds };
}

/**
 * A route with a JSON body. An invalid body is refused with 400.
 *
 * @param missing Stands for an empty body. Default: an empty body is invalid.
 */
function jsonRoute<T>(schema: z.ZodMiniType<T>, handle: (body: T) => Response, missing = ''): Route {
  return async (request) => {
    const text = (await request.text()) || missing;
    try {
      return handle(read(schema, parse(text), named('The body')));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return refusalResponse(400, error.message);
    }
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError('The body must be JSON.');
  }
}
