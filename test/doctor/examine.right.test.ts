import { describe, expect, it } from 'vitest';
import { type Check, examine, planOf, type Subject } from '../../src/doctor/examine.ts';
import { ENRICH, examined, LINXO, OB, PSERVER } from './fixtures/examined.ts';
import { FakeSender, QUEUE_ID } from './fixtures/fake-sender.ts';

const ALL = [PSERVER, ENRICH, OB, LINXO];

function withToken(token: Subject['token']): readonly Subject[] {
  return ALL.map((subject) => ({ ...subject, token }));
}

describe('a right server', () => {
  it.each([
    ['seen from Node', {}],
    ['seen by a page of another origin', { isPage: true }],
    ['seen by a page of the same origin', { isPage: true, isSameOrigin: true }],
  ])('has no finding, and no check is skipped: %s', async (_name, options) => {
    const { findings, checks, named } = await examined(ALL, options);

    expect(findings).toEqual([]);
    expect(named('found')).toEqual([]);
    expect(named('skipped')).toEqual([]);
    expect(checks.length).toBeGreaterThan(25);
  });

  it('has no finding where the gateway adds the token', async () => {
    const { findings, named, sender } = await examined(withToken('none'));

    expect(findings).toEqual([]);
    expect(named('skipped')).toEqual([]);
    expect(new Set(sender.sent.map(({ token }) => token))).toEqual(new Set(['none']));
  });

  it('has no finding without a token, and the skipped check names what to give', async () => {
    const { findings, checks, sender } = await examined(withToken('missing'));

    expect(findings).toEqual([]);
    expect(new Set(sender.sent.map(({ token }) => token))).toEqual(new Set(['spoiled']));
    const reasons = checks.filter(({ result }) => result === 'skipped').map(({ reason }) => reason);
    const authToken = 'no authToken was given';
    expect(reasons).toEqual([authToken, authToken, authToken, 'no accessToken was given']);
  });
});

describe('what is sent', () => {
  it.each(['valid', 'missing', 'none'] as const)(
    'is what the plan says, in its order: token %s',
    async (token) => {
      const subjects = withToken(token);
      const { sender } = await examined(subjects);

      const plan = planOf(subjects);
      const planned = plan
        .filter((line) => line.startsWith('- '))
        .map((line) => line.slice(2).replace(/: it .*$/, ''));
      expect(sender.names).toEqual(planned);
      expect(plan.at(-1)).toContain(`${planned.length} requests in all`);
    },
  );

  it('is said with the addresses, the queue that is created, and what is refused on purpose', () => {
    expect(planOf([LINXO])).toEqual([
      'linxo at https://gateway.bank.example:',
      '- POST /linxo/v2.1/queues/subscribe with a token that is not valid: it is to be refused',
      '- POST /linxo/v2.1/queues/subscribe: it creates one event queue, which ends by itself after 15 minutes',
      '- GET /linxo/v2.1/queues/{id}: it reads that queue',
      '- GET /linxo/v2.1/queues/{id} with a token that is not valid: it is to be refused',
      '- GET /linxo/v2.1/queues/{id}, of a queue that does not exist',
      '- GET /linxo/v2.1/connections/{id}, of a connection that does not exist',
      '6 requests in all, beside preflights. One that is answered with 429 or 503 is sent again, for 10 s at most.',
    ]);
  });

  it('is said without the query of an address', () => {
    const url = new URL('https://gateway.bank.example/pserver?key=secret');
    expect(planOf([{ ...PSERVER, url }]).join('\n')).not.toContain('secret');
  });

  it('only reads, in the words of widgets', async () => {
    const { sender } = await examined([PSERVER, ENRICH, OB]);

    const types = sender.sent.map(({ body = '' }) => (JSON.parse(body) as { type: string }).type);
    expect([...new Set(types)]).toEqual(['getInsights', 'getUserSubscriptions', 'getBankConfiguration']);
  });

  it('has the same further field: short, beyond ASCII, and 200 kB long', async () => {
    const { sender } = await examined([PSERVER]);

    const bodies = sender.sent.map(({ body = '' }) => JSON.parse(body) as { banksideDoctor?: string });
    const [none, alone, short = '', beyond = '', long = ''] = bodies.map(
      ({ banksideDoctor }) => banksideDoctor,
    );
    expect([none, alone]).toEqual([undefined, undefined]);
    expect(short).toMatch(/^[ -~]{5,20}$/);
    expect(new Set(beyond.match(/[^\0-\x7f]/gu)?.map((one) => new TextEncoder().encode(one).length))).toEqual(
      new Set([2, 3, 4]),
    );
    expect(long).toMatch(/^[ -~]{195000,205000}$/);
  });

  it('goes to the addresses that the poller uses, also where the base has a slash and a query', async () => {
    const url = new URL('https://gateway.bank.example/linxo//?x=1');
    const { sender } = await examined([{ ...LINXO, url }]);

    const [, subscribe, read, , dead, connection] = sender.sent.map(({ url: sentTo }) => sentTo.href);
    expect(subscribe).toBe('https://gateway.bank.example/linxo/queues/subscribe');
    expect(read).toBe(`https://gateway.bank.example/linxo/queues/${QUEUE_ID}`);
    expect(dead).toMatch(/^https:\/\/gateway\.bank\.example\/linxo\/queues\/[\da-f-]{36}$/);
    expect(dead).not.toBe(read);
    expect(connection).toBe('https://gateway.bank.example/linxo/connections/bankside-doctor');
  });
});

describe('while it goes on', () => {
  it('says of each check that it has ended, in the order of the result', async () => {
    const seen: Check[] = [];
    const { signal } = new AbortController();
    const { checks } = await examine({
      subjects: [PSERVER, LINXO],
      sender: new FakeSender(),
      signal,
      onCheck: (check) => seen.push(check),
    });

    expect(seen).toEqual(checks);
  });

  it('an abort ends it with the reason of the signal, and nothing more is sent', async () => {
    const controller = new AbortController();
    const sender = new FakeSender({
      change() {
        if (sender.sent.length === 2) controller.abort('enough');
        return {};
      },
    });

    await expect(examine({ subjects: [PSERVER], sender, signal: controller.signal })).rejects.toBe('enough');
    expect(sender.sent).toHaveLength(2);
  });

  it('an abort ends it at once, also while a sender does not answer', async () => {
    const controller = new AbortController();
    const examination = examine({
      subjects: [PSERVER],
      sender: { send: () => new Promise(() => {}) },
      signal: controller.signal,
    });
    controller.abort('enough');

    await expect(examination).rejects.toBe('enough');
  });
});
