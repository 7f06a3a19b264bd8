import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BanksideError, type BridgeOptions, type StandardSchemaV1 } from '../../src/index.ts';
import { SECRET, thrown } from '../harness/thrown.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { turn } from './fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const body = { type: 'getInsights' };
const raising = (error: unknown) => (): never => {
  throw error;
};

function expectKindAlone(error: unknown, kind: string): void {
  expect(error).toBeInstanceOf(BanksideError);
  expect((error as BanksideError).cause).toBeInstanceOf(Error);
  expect(((error as BanksideError).cause as Error).message).toContain(kind);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
}

describe('T4 of what functions of others throw, errors show the name alone', () => {
  it.each(thrown)('T4 a getter of the widget’s: %s', async (kind, error) => {
    const { delegate, events } = setUp();
    const of = (name: string): object =>
      Object.defineProperty({}, name, { get: raising(error), enumerable: true });
    delegate.sendRequestToPServer(of('requestString'), 'r1');
    delegate.sendRequestToPServer(of('type'), 'r2');
    delegate.sendRequestToPServer(of('requestHeader'), body, 'r3');
    delegate.sendRequestToPServer({ toJSON: raising(error) }, 'r4');
    delegate.handlePersoEvent(of('json'));
    delegate.handlePersoEvent({ requestString: 'sendRequestToPServer', json: of('requestData') });
    await turn();

    expect(events.codes).toEqual(Array.from({ length: 6 }, () => 'INVALID_CALL'));
    for (const reported of events.errors) expectKindAlone(reported, kind);
  });

  it.each(thrown)('T4 a body of the page’s own command: %s', async (kind, error) => {
    const { bridge } = setUp();

    expectKindAlone(
      await bridge.send('ob', { toJSON: raising(error) }).catch((reported: unknown) => reported),
      kind,
    );
  });

  const options: [string, (error: unknown) => Partial<BridgeOptions>][] = [
    ['reply', (error) => ({ reply: raising(error) })],
    ['failureReply', (error) => ({ failureReply: raising(error) })],
    ['timeout', (error) => ({ timeout: raising(error) })],
  ];
  it.each(
    options.flatMap(([name, make]) => thrown.map(([kind, error]) => [name, kind, make(error)] as const)),
  )('T4 the option %s: %s', async (option, kind, given) => {
    const { delegate, transport, events } = setUp(given);
    delegate.sendRequestToPServer(body, 'r1');
    transport.sent[0]?.fail(new Error('x'));
    await turn();

    const [error, ...others] = events.errors.filter(({ code }) => code === 'INVALID_OPTIONS');
    expect(others).toEqual([]);
    expect(error).toMatchObject({ details: { option } });
    expectKindAlone(error, kind);
  });

  const others = thrown.filter(([, error]) => !(error instanceof BanksideError));
  it.each(others)('T4 a transport of the page’s own: %s', async (kind, error) => {
    const { bridge, delegate, events, widget } = setUpWith({
      send: ({ server }) => (server === 'ob' ? raising(error)() : Promise.reject(error)),
    });
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToOBServer(body, () => undefined);
    const reported: unknown = await bridge.send('ob', body).catch((reason: unknown) => reason);
    await turn();

    expect(events.codes).toEqual(['NETWORK', 'NETWORK', 'NETWORK']);
    for (const one of [reported, ...events.errors]) expectKindAlone(one, kind);
    expect(widget.replies).toHaveLength(1);
  });

  it('T4 but a BanksideError that such a transport rejects with is reported unchanged', async () => {
    const error = thrown.map(([, one]) => one).find((one) => one instanceof BanksideError);
    const { bridge } = setUpWith({ send: () => Promise.reject(error) });

    await expect(bridge.send('ob', body)).rejects.toBe(error);
  });

  it.each(thrown)('T4 a schema: %s', async (kind, error) => {
    const { bridge } = setUpWith({ send: () => ({ secret: SECRET }) });
    const schemas: StandardSchemaV1['~standard']['validate'][] = [
      raising(error),
      () => Promise.reject(error),
      () => Object.defineProperty({}, 'issues', { get: raising(error) }) as never,
      () => ({ issues: [Object.defineProperty({}, 'path', { get: raising(error) })] }) as never,
    ];
    for (const validate of schemas) {
      const schema: StandardSchemaV1 = { '~standard': { version: 1, vendor: 'test', validate } };
      const reported: unknown = await bridge.send('ob', body, { schema }).catch((reason: unknown) => reason);
      expect(reported).toMatchObject({
        code: 'INVALID_RESPONSE',
        details: { expected: 'what the schema says', received: 'one that the schema threw at' },
      });
      expectKindAlone(reported, kind);
    }
  });
});

it('T4 a reason that the page passes is reported unchanged', async () => {
  const { bridge, delegate, events } = setUp();
  const reason = { why: 'logged out' };
  delegate.sendRequestToPServer(body, 'r1');
  bridge.dispose(reason);
  await turn();

  expect(events.errors[0]?.cause).toBe(reason);
});
