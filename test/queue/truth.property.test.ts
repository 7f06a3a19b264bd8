import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { applyReading, type ConnectionState } from '../../src/queue/connections.ts';
import { connectionSchema } from '../../src/queue/events.ts';
import { readBy } from '../../src/queue/read-by.ts';
import { QueueWorld } from './fixtures/queue-world.ts';
import { circumstances, lives } from './fixtures/world-steps.ts';

/** Twice as often as other properties, as no two lives are alike: 4,000 where there is time for it. */
const numRuns = 2 * (fc.readConfigureGlobal().numRuns ?? 50);

/** In ms; a life takes some hundred of them. */
const patience = 60_000 + 500 * numRuns;

let world: QueueWorld | undefined;

afterEach(() => world?.restore());

/** What is said of a connection, but for when it was learnt. Of two actions, the older one is the connection's. */
function withoutTimes({ id, name, status, syncing, channels, action, providerId }: ConnectionState): unknown {
  const parts = [...channels.values()].map((channel) => {
    const { id: channelId, kind, status: is, action: owed, expiresAt, lastSuccessAt } = channel;
    return { channelId, kind, is, owed: owed?.type, expiresAt, lastSuccessAt };
  });
  const owed = [...channels.values()].flatMap((channel) => channel.action ?? []);
  const isOldest = owed.every(({ since }) => action && action.since <= since);
  return { id, name, providerId, status, syncing, parts, isOwed: action !== undefined, isOldest };
}

describe('whatever server, network and page do, in any order', () => {
  it(
    'Q2 Q3 Q4 Q8 in the end the poller tells the truth, has delivered each event once and in order, has told what may be lost, and leaves nothing behind',
    async () => {
      await fc.assert(
        fc.asyncProperty(circumstances, lives, async (given, life) => {
          world = new QueueWorld(given);
          try {
            const { history, sandbox, time } = world;
            const { linxo } = sandbox;
            await world.run(life);
            await world.calmDown();

            const { poller } = world;
            const truth = new Map(linxo.connections().map((connection) => [connection.id, connection]));
            const kindOf = given.knowsKinds ? linxo.channelKind : undefined;
            const places = new Map(linxo.published.map(({ event }, place) => [event.id, place]));
            expect(poller.status).toBe('polling');
            for (const id of world.tracked) expect([...poller.connections.keys()]).toContain(id);
            for (const [id, state] of poller.connections) {
              const { data: connection } = readBy(connectionSchema, truth.get(id));
              if (connection)
                expect(withoutTimes(state)).toEqual(
                  withoutTimes(applyReading(undefined, connection, 0, kindOf)),
                );
            }
            for (const ids of history.delivered) {
              expect(new Set(ids).size, 'delivered once').toBe(ids.length);
              // A reader of its own gets what another lost as soon as it comes: late, but not never.
              if (given.linxo.reads === 'per-reader') continue;
              const order = ids.map((id) => places.get(id) ?? -1).filter((place) => place >= 0);
              expect(order, 'in order').toEqual([...order].sort((a, b) => a - b));
            }
            const isBlind = life.some((step) => step.do === 'fault' && step.fault.kind === 'silently-lost');
            if (!isBlind) expect(history.silentlyLost(linxo.published)).toEqual([]);

            await world.end();
            const { requests } = world;
            expect(world.underWay, 'requests under way').toBe(0);
            expect(time.timers, 'timers').toBe(0);
            for (const settled of world.waits) expect(settled).toBe(1);
            world.page.tell('online');
            world.page.show(true);
            await time.pass(1_800_000);
            expect(world.requests, 'requests after the end').toBe(requests);
            expect(world.wrong).toEqual([]);
          } finally {
            world.restore();
          }
        }),
        { numRuns },
      );
    },
    patience,
  );
});
