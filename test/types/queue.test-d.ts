import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import {
  type Channel,
  type ChannelStatus,
  type Connection,
  type ConnectionState,
  type ConnectionStatus,
  type channelSchema,
  connectionSchema,
  type GapReason,
  type QueueEvent,
  type QueueEventName,
  QueuePoller,
  type QueueSnapshot,
  queueEventSchema,
  type SyncOutcome,
} from '../../src/index.ts';

const poller = new QueuePoller({ baseUrl: '/linxo', accessToken: false });

describe('events of the queue', () => {
  it('are typed where the documents name them', () => {
    poller.on('CHALLENGE_REQUIRED', (event) => {
      expectTypeOf(event.event_type).toExtend<'CHALLENGE_REQUIRED'>();
      expectTypeOf(event.resource).toEqualTypeOf<Connection | null | undefined>();
    });
  });

  it('are open for types that nobody has named yet', () => {
    poller.on('SOMETHING_NEW', (event) => {
      expectTypeOf(event).toEqualTypeOf<QueueEvent>();
      expectTypeOf(event.resource).toBeUnknown();
    });
    poller.on('*', (event) => expectTypeOf(event.id).toBeString());
  });

  it('are kept apart from those of the poller', () => {
    poller.on('gap', ({ reason, since }) => {
      expectTypeOf(reason).toEqualTypeOf<GapReason>();
      expectTypeOf(since).toBeNumber();
    });
    poller.on('channel', (event) => {
      expectTypeOf(event.source).toEqualTypeOf<'event' | 'reconcile'>();
      // @ts-expect-error not an event of the server
      void event.event_type;
    });
    // @ts-expect-error neither an event of the poller, nor in the form of the server's
    poller.on('challengeRequired', () => {});
    // @ts-expect-error a handler gets only the event
    poller.on('gap', (_event: unknown, _second: unknown) => {});
    expectTypeOf<'gap' | 'SYNC_ALL_SUCCESS' | '*'>().toExtend<QueueEventName>();
  });

  it('come from an iterator too', async () => {
    for await (const event of poller) expectTypeOf(event).toEqualTypeOf<QueueEvent>();
  });
});

describe('what a poller knows', () => {
  it('can be read, and not written', () => {
    expectTypeOf(poller.connections).toEqualTypeOf<ReadonlyMap<string, ConnectionState>>();
    expectTypeOf(poller.getSnapshot()).toEqualTypeOf<QueueSnapshot>();
    // @ts-expect-error an event of the poller alone
    poller.status = 'idle';
    // @ts-expect-error replaced, never changed
    poller.connections.set('c1', undefined);
    // @ts-expect-error replaced, never changed
    if (poller.connections.get('c1')) poller.connections.get('c1').syncing = false;
  });

  it('ends in an outcome that says what to do', async () => {
    const outcome = await poller.whenSynced('c1', { after: 1, timeout: 1_000 });
    expectTypeOf(outcome).toEqualTypeOf<SyncOutcome>();
    expectTypeOf(outcome.result).toEqualTypeOf<'success' | 'partial' | 'failed' | 'action'>();
    // @ts-expect-error a date is in unix seconds
    void poller.whenSynced('c1', { after: new Date() });
  });
});

describe('options', () => {
  it('need an address and a token', () => {
    // @ts-expect-error `accessToken` is missing
    new QueuePoller({ baseUrl: '/linxo' });
    // @ts-expect-error no address
    new QueuePoller({ accessToken: false });
    // @ts-expect-error true is no token
    new QueuePoller({ baseUrl: '/linxo', accessToken: true });
    // @ts-expect-error not a time of the schedule
    new QueuePoller({ baseUrl: '/linxo', accessToken: false, schedule: { often: 1 } });
    // @ts-expect-error there are only two kinds
    new QueuePoller({ baseUrl: '/linxo', accessToken: false, channelKind: () => 'PSD2' });
  });
});

describe('schemas', () => {
  it('are Standard Schemas, and say what comes out', () => {
    type Output<S> = S extends { '~standard': { types?: { output: infer T } | undefined } } ? T : never;
    expectTypeOf<Output<typeof queueEventSchema>>().toExtend<QueueEvent>();
    expectTypeOf<Output<typeof connectionSchema>>().toExtend<Connection>();
    expectTypeOf<Output<typeof channelSchema>>().toExtend<Channel>();
  });

  it('infer the types of what the server writes', () => {
    const event = z.parse(queueEventSchema, {});
    expectTypeOf(event.id).toBeString();
    expectTypeOf(event.event_type).toBeString();
    expectTypeOf(event.creation_date).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(event.resource).toBeUnknown();
    expectTypeOf(event['whatever']).toBeUnknown();
    const connection = z.parse(connectionSchema, {});
    expectTypeOf(connection.status).toEqualTypeOf<ConnectionStatus | null | undefined>();
    expectTypeOf(connection.channels?.[0]?.status).toEqualTypeOf<ChannelStatus | null | undefined>();
    // @ts-expect-error a text
    event.id = 5;
    // @ts-expect-error unix seconds
    connection.creation_date = new Date();
  });

  it('take what comes from outside, and ids as numbers', () => {
    expectTypeOf<z.input<typeof channelSchema>['channel_definition_id']>().toEqualTypeOf<string | number>();
  });

  it('a page extends, with its own fields or with more of those that are there', () => {
    const connection = z.extend(connectionSchema, { logo_url: z.nullish(z.string()) });
    const event = z.safeExtend(z.extend(queueEventSchema, { bank_reference: z.string() }), {
      resource: z.nullish(connection),
    });
    const read = z.parse(event, {});
    expectTypeOf(read.bank_reference).toBeString();
    expectTypeOf(read.event_type).toBeString();
    expectTypeOf(read.resource?.logo_url).toEqualTypeOf<string | null | undefined>();
    expectTypeOf(read.resource?.id).toEqualTypeOf<string | undefined>();
    // @ts-expect-error a text
    read.bank_reference = 5;
  });
});
