import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ServerClock } from '../../src/queue/server/server-clock.ts';
import { Journal, type JournalListener } from '../../src/queue/state/journal.ts';
import { GAP_REASONS } from '../../src/queue/state/poller-terms.ts';
import { readTabMessage, type TabMessage } from '../../src/queue/tabs/tab-messages.ts';
import { numRuns } from '../harness/property-runs.ts';
import { expectCleanPrototypes, json, nearly } from './fixtures/hostile.ts';

const connection = nearly({ id: 'c1', status: 'RUNNING', channels: [{ channel_definition_id: '8700' }] });
const event = connection.chain((resource) =>
  nearly({
    id: 'e1',
    event_type: 'SYNC_ALL_STARTED',
    resource_type: 'CONNECTION',
    creation_date: 1,
    resource,
  }),
);
const update = fc.oneof(
  nearly({ kind: 'queue', queueId: 'q1', isNew: true }),
  nearly({ kind: 'expired', queueId: 'q1' }),
  fc
    .array(event, { maxLength: 2 })
    .chain((events) => nearly({ kind: 'poll', queueId: 'q1', events, at: 1, isSure: true, duration: 1 })),
  nearly({ kind: 'gap', reason: 'network', since: 1 }),
  nearly({ kind: 'track', connectionId: 'c1' }),
  connection.chain((one) => nearly({ kind: 'reading', connectionId: 'c1', connection: one, from: 1, to: 1 })),
  nearly({ kind: 'reconciled', connectionIds: ['c1'] }),
);
const channels = nearly({
  id: '8700',
  kind: 'REDIRECT',
  status: 'CHALLENGE_REQUIRED',
  action: { type: 'CHALLENGE_REQUIRED', channelDefinitionId: '8700', since: 1 },
  lastEndAt: 1,
}).map((channel) => new Map([['8700', channel]]));
const known = channels.chain((map) =>
  nearly({ id: 'c1', name: 'Bank', status: 'RUNNING', syncing: true, channels: map, updatedAt: 1 }).chain(
    (state) => nearly({ id: 'c1', state, isDoubtful: false, from: -Infinity, to: -Infinity }),
  ),
);
const state = fc
  .array(known, { maxLength: 2 })
  .chain((connections) =>
    nearly({ queueId: 'q1', isProven: true, soundAt: 1, lastEvent: 'e1', askedAgo: 1, connections }),
  );
const message = fc.oneof(
  json,
  update.chain((one) => nearly({ kind: 'update', update: one })),
  state.chain((one) => nearly({ kind: 'state', state: one, isFirst: true, readers: ['tab-1'] })),
  nearly({ kind: 'pong', isHidden: true }),
  nearly({ kind: 'hello', isClose: true }),
);

function journal(): Journal {
  const nothing = (): void => {};
  const listener: JournalListener = {
    emit: nothing,
    deliver: nothing,
    delivered: nothing,
    changed: nothing,
    waitsForUser: nothing,
    isOver: () => false,
  };
  return new Journal(listener, new ServerClock(), () => undefined);
}

/** Strings that are logged unchanged: short, on one line. */
function expectTyped(said: TabMessage): void {
  if (said.kind === 'update' && said.update.kind === 'gap') expect(GAP_REASONS).toContain(said.update.reason);
  if (said.kind !== 'state') return;
  for (const { state } of said.state.connections) {
    for (const { status } of state ? [state, ...state.channels.values()] : [])
      expect(status).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{0,100}$/u);
  }
}

it('Q9 S4 messages of tabs: the journal can apply and share again whatever passes the guard', () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (messages) => {
      const own = journal();
      for (const one of messages) {
        const said = readTabMessage(one);
        if (!said) continue;
        passed += 1;
        expectTyped(said);
        if (said.kind === 'update') own.apply(said.update);
        if (said.kind === 'state') own.apply({ kind: 'adopted', state: said.state });
      }
      const shared = { kind: 'state', state: own.share(), isFirst: false, readers: [] };
      expect(readTabMessage(structuredClone(shared)), JSON.stringify(shared)).toEqual(shared);
      expectCleanPrototypes();
    }),
  );
  expect(passed).toBeGreaterThan(numRuns / 10);
});
