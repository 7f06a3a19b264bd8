import { describe, expect, it } from 'vitest';
import type { Probe } from '../../src/doctor/exchange.ts';
import { examined, LINXO } from './fixtures/examined.ts';
import { type Change, type FakeSenderOptions, QUEUE_ID, type Said } from './fixtures/fake-sender.ts';

type Make = Change | ((right: Said) => Change);

const spoiled = ({ token }: Probe): boolean => token === 'spoiled';
const subscription = (probe: Probe): boolean => probe.method === 'POST' && !spoiled(probe);
const reading = (probe: Probe): boolean => probe.url.pathname.endsWith(QUEUE_ID) && !spoiled(probe);
const connection = ({ url }: Probe): boolean => url.pathname.includes('/connections/');
const dead = (probe: Probe): boolean => probe.name.endsWith('of a queue that does not exist');
const reads = ({ method }: Probe): boolean => method === 'GET';
const withToken = (probe: Probe): boolean => !spoiled(probe);

function to(which: (probe: Probe) => boolean, make: Make): FakeSenderOptions {
  return {
    change(probe, right) {
      if (!which(probe)) return {};
      return typeof make === 'function' ? make(right) : make;
    },
  };
}

const located =
  (location: string): Make =>
  ({ headers }) => ({ headers: { ...headers, location } });
const without =
  (...names: readonly string[]): Make =>
  ({ headers }) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
  });
const hiding =
  (name: string): Make =>
  ({ exposed }) => ({ exposed: exposed.filter((other) => other !== name) });
const saying =
  (name: string, value: string): Make =>
  ({ headers }) => ({ headers: { ...headers, [name]: value } });
const both = (one: FakeSenderOptions, other: FakeSenderOptions): FakeSenderOptions => ({
  change: (probe, right) => ({ ...one.change?.(probe, right), ...other.change?.(probe, right) }),
});

const FAULTS: readonly (readonly [string, FakeSenderOptions, readonly string[]])[] = [
  [
    'a wrong token is answered with 403',
    to((probe) => spoiled(probe) && !reads(probe), { status: 403 }),
    ['unauthorized-form'],
  ],
  [
    'a read with a wrong token is answered',
    to((probe) => spoiled(probe) && reads(probe), { status: 204 }),
    ['token-not-checked'],
  ],
  ['the given token is refused', to(withToken, { status: 401 }), ['token-refused']],
  ['the given token is refused for reads alone', to(reading, { status: 401 }), ['token-refused']],
  ['the given token is refused for connections alone', to(connection, { status: 401 }), ['token-refused']],
  ['the subscription leads nowhere', to((probe) => !reads(probe), { status: 404 }), ['subscribe-form']],
  ['the subscription is not understood', to(subscription, { status: 400 }), ['subscribe-form']],
  ['Location is missing', to(subscription, without('location')), ['location-missing']],
  ['Location is hidden', to(subscription, hiding('location')), ['location-hidden']],
  ['Location leads elsewhere', to(subscription, located('/events/77')), ['location-form']],
  ['Location has no id', to(subscription, located('/queues/')), ['location-form']],
  ['a read is answered with an object', to(reading, { status: 200, text: '{"events":[]}' }), ['poll-form']],
  ['a read is answered with HTML', to(reading, { status: 200, text: '<html></html>' }), ['poll-form']],
  ['a read is answered with an empty 200', to(reading, { status: 200, text: '' }), ['poll-form']],
  ['a read finds no queue', to(reading, { status: 404 }), ['poll-form']],
  ['a read is answered with 500', to(reading, { status: 500 }), ['poll-form']],
  ['a dead queue is answered with 204', to(dead, { status: 204, text: '' }), ['dead-queue-form']],
  ['a dead queue is answered with no events', to(dead, { status: 200, text: '[]' }), ['dead-queue-form']],
  ['a dead queue is answered with a page', to(dead, { status: 200, text: '<html>' }), ['dead-queue-form']],
  ['a dead queue is answered with 401', to(dead, { status: 401 }), ['dead-queue-form']],
  ['a dead queue is answered with 400', to(dead, { status: 400 }), ['dead-queue-form']],
  ['a dead queue is answered with 500', to(dead, { status: 500 }), ['dead-queue-form']],
  ['reads may be stored', to(reading, without('cache-control')), ['no-store']],
  [
    'reads may be stored for a while',
    to(reading, saying('cache-control', 'private, max-age=5')),
    ['no-store'],
  ],
  ['connections may be stored', to(connection, without('cache-control')), ['no-store']],
  [
    'connections may be stored for a while',
    to(connection, saying('cache-control', 'max-age=60')),
    ['no-store'],
  ],
  ['a cache answers', to(reading, saying('age', '12')), ['cached-answer']],
  ['two caches answer, and one of them is fresh', to(reading, saying('age', '0, 7')), ['cached-answer']],
  [
    'a subscription with a wrong token makes a queue',
    to(
      (probe) => spoiled(probe) && !reads(probe),
      ({ headers }) => ({
        status: 201,
        headers: { ...headers, location: `/queues/${QUEUE_ID}` },
      }),
    ),
    ['token-not-checked'],
  ],
  [
    'a subscription with a wrong token gets a page',
    to((probe) => spoiled(probe) && !reads(probe), { status: 200, text: '<p>Sign in' }),
    ['unauthorized-form'],
  ],
  ['Date is hidden', to(() => true, hiding('date')), ['date-hidden']],
  ['Date is missing', to(() => true, without('date')), ['date-hidden']],
  ['connections lead to a page', to(connection, { status: 200, text: '<!doctype html>' }), ['not-json']],
  ['Retry-After is never exposed', to(() => true, hiding('retry-after')), ['retry-after-not-listed']],
];

describe('a fault of the server of queues is found, and no other', () => {
  it.each(FAULTS)('%s', async (_name, options, ids) => {
    const { found } = await examined([LINXO], options);
    expect(found).toEqual(ids.map((id) => `linxo: ${id}`));
  });

  it('a dead queue is described by what was seen', async () => {
    const seen = async (change: Change): Promise<string | undefined> =>
      (await examined([LINXO], to(dead, change))).findings[0]?.seen;

    expect(await seen({ status: 204 })).toBe('The status is 204, as of a queue that exists.');
    expect(await seen({ status: 401 })).toBe(
      'The status is 401, as if the token were not valid: the poller would end with UNAUTHORIZED.',
    );
    expect(await seen({ status: 400 })).toBe('The status is 400, where 404 or 410 was due.');
  });

  it('the id of the queue, and what else Location says, is in no finding', async () => {
    const { findings } = await examined([LINXO], to(subscription, located('/wrong/secret-id?key=secret')));
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});

describe('what a right server may answer is no finding', () => {
  it.each([
    ['a dead queue is 410', to(dead, { status: 410 })],
    [
      'a read with a wrong token finds no queue',
      to((probe) => spoiled(probe) && reads(probe), { status: 404 }),
    ],
    ['a new queue has events already', to(reading, { status: 200, text: '[{"id":1},"odd"]' })],
    ['an array after a byte order mark', to(reading, { status: 200, text: '\ufeff[]' })],
    ['206 with an array', to(reading, { status: 206, text: '[]' })],
    ['204 with a body', to(reading, { status: 204, text: 'nothing' })],
    ['the subscription is 200', to(subscription, { status: 200 })],
    [
      'Location is absolute, with a slash and a query',
      to(subscription, located(`https://in.example/a/queues/${QUEUE_ID}/?x`)),
    ],
    ['an unknown connection is 400', to(connection, { status: 400 })],
    ['an unknown connection is 403', to(connection, { status: 403 })],
    ['an unknown connection is 500', to(connection, { status: 500 })],
    ['an unknown connection is an empty list', to(connection, { status: 200, text: '[]' })],
    [
      'errors have no Cache-Control',
      to((probe) => dead(probe) || connection(probe), without('cache-control')),
    ],
    [
      'errors expose nothing',
      to((probe) => dead(probe) || connection(probe) || spoiled(probe), { exposed: [] }),
    ],
    ['Date is exposed on reads alone', to(subscription, hiding('date'))],
    ['Age is 0', to(reading, saying('age', '0'))],
    ['no-store stands among others', to(reading, saying('cache-control', 'private, no-cache, NO-STORE'))],
  ])('%s', async (_name, options) => {
    const { findings } = await examined([LINXO], options);
    expect(findings).toEqual([]);
  });

  it.each<[string, Change]>([
    ['a counted id is of the wrong form', { status: 400 }],
    ['a counted id is of the wrong form, in the words of Spring', { status: 422 }],
    ['a queue of others is not shown', { status: 403 }],
  ])('and the check is skipped: %s', async (_name, change) => {
    const location = located('/queues/1042');
    const { findings, checks } = await examined([LINXO], both(to(subscription, location), to(dead, change)));

    expect(findings).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'linxo',
      name: 'a queue that does not exist',
      result: 'skipped',
      reason: `the status is ${'status' in change && change.status}, which may have another reason`,
    });
  });

  it('where no other id can be made, none is read', async () => {
    const { findings, checks, sender } = await examined([LINXO], to(subscription, located('/queues/0')));

    expect(findings).toEqual([]);
    expect(sender.names.filter((name) => name.includes('queue that does not exist'))).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'linxo',
      name: 'a queue that does not exist',
      result: 'skipped',
      reason: 'no id is known that is of no queue',
    });
  });

  it('a server that signs its ids refuses one that was made up', async () => {
    const { findings, checks } = await examined(
      [LINXO],
      both(to(subscription, located('/queues/q.XyZ-09_s')), to(dead, { status: 400 })),
    );

    expect(findings).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'linxo',
      name: 'a queue that does not exist',
      result: 'skipped',
      reason: 'the status is 400, which may have another reason',
    });
  });
});

describe('two faults are both found', () => {
  function named(name: string): (typeof FAULTS)[number] {
    const fault = FAULTS.find(([other]) => other === name);
    if (!fault) throw new Error(`No fault is named ${name}`);
    return fault;
  }

  it.each([
    ['Location is hidden', 'a read is answered with an object'],
    ['Location is hidden', 'Date is hidden'],
    ['a read is answered with an object', 'a dead queue is answered with no events'],
    ['a read is answered with HTML', 'a dead queue is answered with 401'],
    ['reads may be stored', 'a dead queue is answered with 204'],
    ['a wrong token is answered with 403', 'connections may be stored'],
    ['a cache answers', 'Retry-After is never exposed'],
  ])('%s, and %s', async (one, other) => {
    const [, first, ids] = named(one);
    const [, second, more] = named(other);
    const { found } = await examined([LINXO], {
      change(probe, right) {
        const changed = { ...right, ...first.change?.(probe, right) };
        return { ...changed, ...second.change?.(probe, changed) };
      },
    });
    expect(new Set(found)).toEqual(new Set([...ids, ...more].map((id) => `linxo: ${id}`)));
  });
});

describe('where all reads fail', () => {
  it.each([404, 500, 502])(
    'the status %s is found once for reads, and not for the queue that does not exist',
    async (status) => {
      const { findings } = await examined(
        [LINXO],
        to((probe) => reads(probe) && !spoiled(probe), { status }),
      );

      expect(findings.map(({ id, request }) => [id, request])).toEqual([
        ['poll-form', 'GET /linxo/v2.1/queues/{id}'],
      ]);
    },
  );

  it('also where no read looks at the token', async () => {
    const { found } = await examined([LINXO], to(reads, { status: 502 }));
    expect(found).toEqual(['linxo: poll-form']);
  });
});

describe('where the queue is not known', () => {
  it('reads of it are skipped, and the rest is examined', async () => {
    const { checks, sender } = await examined([LINXO], to(subscription, without('location')));

    const skipped = checks.filter(({ result }) => result === 'skipped').map(({ name }) => name);
    expect(skipped).toEqual(['reading the queue', 'a queue that does not exist']);
    expect(sender.names.at(-1)).toContain('of a connection that does not exist');
  });

  it('a right server may refuse to look for a made-up queue before it looks at the token', async () => {
    const missing = { ...LINXO, token: 'missing' } as const;
    const { findings, checks } = await examined([missing], to(reads, { status: 404 }));
    expect(findings).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'linxo',
      name: 'reading the queue with a token that is not valid',
      result: 'skipped',
      reason: 'the status is 404, which may be for a queue that does not exist',
    });
  });

  it('nothing more is sent with a token that was refused', async () => {
    const { sender } = await examined([LINXO], to(withToken, { status: 401 }));
    expect(sender.sent.map(({ token }) => token)).toEqual(['spoiled', 'valid', 'spoiled']);
  });
});

describe('in a page', () => {
  it.each([
    ['Location', 'location-hidden'],
    ['Date', 'date-hidden'],
  ])('a header that cannot be read is missing or hidden: %s', async (name, id) => {
    const { findings } = await examined([LINXO], {
      ...to(() => true, hiding(name.toLowerCase())),
      isPage: true,
    });

    const seen = `This page may read no header ${name}: it is missing, or not exposed.`;
    expect(findings.map((found) => [found.id, found.seen])).toEqual([[id, seen]]);
  });

  it('the list of exposed headers is not known, so nothing is said of Retry-After', async () => {
    const { found } = await examined([LINXO], { ...to(() => true, hiding('retry-after')), isPage: true });
    expect(found).toEqual([]);
  });
});

describe('on the origin of the page', () => {
  const own = { isSameOrigin: true };

  it.each([
    ['reads say nothing of caches', to(reads, without('cache-control'))],
    ['reads are for this user alone', to(reads, saying('cache-control', 'private, no-cache'))],
    ['reads may be stored for no time', to(reads, saying('cache-control', 'max-age=0'))],
  ])('there are no preflights, so that nothing is lost: %s', async (_name, options) => {
    const { findings } = await examined([LINXO], { ...options, ...own });
    expect(findings).toEqual([]);
  });

  it.each(['public', 'max-age=60', 'private, max-age="5"', 's-maxage=1'])(
    'a server that allows caches to store reads is found: %s',
    async (value) => {
      const { found } = await examined([LINXO], {
        ...to(reading, saying('cache-control', value)),
        ...own,
      });
      expect(found).toEqual(['linxo: no-store']);
    },
  );
});

describe('a gateway that answers other origins without a word of CORS', () => {
  it.each<[string, Change]>([
    ['403, as Spring does', { status: 403, text: 'Invalid CORS request' }],
    ['an empty 200, as Azure does', { status: 200, text: '' }],
  ])('gets no finding of the forms of its answers: %s', async (_name, change) => {
    const { findings, checks, named } = await examined([LINXO], {
      change: () => ({ ...change, headers: {}, exposed: [], allowsPage: false }),
    });

    expect(findings).toEqual([]);
    expect(named('fine')).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'linxo',
      name: 'a new queue',
      result: 'skipped',
      reason: 'the gateway may refuse this origin',
    });
  });

  it('what it answers once it has allowed the page is judged', async () => {
    const { found } = await examined(
      [LINXO],
      to((probe) => spoiled(probe) && !reads(probe), { status: 403, allowsPage: false }),
    );
    expect(found).toEqual(['linxo: unauthorized-form']);
  });

  it('which headers are exposed is judged by answers that the page may read', async () => {
    const { found } = await examined([LINXO], {
      change: (_probe, right) => ({ ...right, exposed: [], allowsPage: false }),
    });
    expect(found).not.toContain('linxo: retry-after-not-listed');
  });
});
