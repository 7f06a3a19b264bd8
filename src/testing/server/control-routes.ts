import * as z from 'zod/mini';
import type { Sandbox } from '../create-sandbox.ts';
import { MILLISECONDS, TEXT } from '../field-schemas.ts';
import { FAULT } from '../read-fault.ts';
import { done, json, refuse } from './answers.ts';
import type { EventStream } from './event-stream.ts';
import { onOrder } from './on-order.ts';
import { REPLIES, type Routes } from './route.ts';
import { SYNCHRONISATION, synchronise } from './synchronise.ts';

/**
 * What there is beside the servers' own routes: the session that hands out tokens, the push channel, the ways to make
 * the sandbox misbehave and to look into it, and what the user, the institution and time would do.
 */
export function controlRoutes(sandbox: Sandbox, replies: EventStream): Routes {
  const { linxo } = sandbox;
  return {
    // A bank would first ask its session cookie who this is.
    '/session/token': { POST: () => json({ authToken: sandbox.issueToken() }) },
    '/session/access-token': { POST: () => json({ accessToken: sandbox.issueAccessToken() }) },
    [REPLIES]: { GET: () => replies.open() },
    '/sandbox/faults': {
      POST: onOrder(FAULT, (fault) => {
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
    '/sandbox/connections': { GET: () => json(truth(linxo)) },
    '/sandbox/synchronisations': {
      POST: onOrder(SYNCHRONISATION, (order) => json({ connectionId: synchronise(linxo, order) }, 201)),
    },
    '/sandbox/challenge-answers': {
      POST: onOrder(z.object({ connectionId: TEXT }), ({ connectionId }) =>
        linxo.answerChallenge(connectionId) ? done() : refuse(409, 'Nothing was asked.'),
      ),
    },
    '/sandbox/queues': {
      DELETE() {
        linxo.killQueue();
        return done();
      },
    },
    '/sandbox/clock': {
      POST: onOrder(z.object({ ms: MILLISECONDS }), ({ ms }) => {
        sandbox.jump(ms);
        return done();
      }),
    },
  };
}

function truth(linxo: Sandbox['linxo']): object {
  const connections = linxo.connections();
  const ids = connections.flatMap(({ channels }) => channels.map((channel) => channel.channel_definition_id));
  const channelKinds = Object.fromEntries(ids.map((id) => [id, linxo.channelKind(id)]));
  return { connections, channelKinds };
}
