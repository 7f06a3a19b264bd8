import { describe, expect, it } from 'vitest';
import type { Transport } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { setUp, setUpWith } = bridgeTests();

const body = { type: 'getInsights' };

describe('T1 malformed headers reach no transport, the page’s own neither', () => {
  it.each([
    ['a line break in a value', { 'x-a': 'b\r\nx-forwarded-user: admin' }],
    ['a line break in a name', { 'x-a\r\nx-forwarded-user': 'admin' }],
    ['a blank in a name', { 'x a': 'b' }],
    ['a blank behind a name', { 'accept ': 'b' }],
    ['a look-alike letter in a name', { аccept: 'b' }],
    ['a name that is empty', { '': 'b' }],
    ['a control character in a value', { 'x-a': 'b\u0000c' }],
    ['a value beyond ASCII', { 'x-a': 'bé' }],
    ['a value that is an object', { 'x-a': { toString: (): string => 'b' } }],
  ])('T1 %s', (_, malformed) => {
    const { delegate, transport, events } = setUp();
    const [name] = Object.keys(malformed);
    delegate.sendRequestToPServer({ ...malformed, 'X-Good': 'yes', n: 7 }, body, 'r1');
    const { request } = transport.last;

    expect(request.headers).toEqual({ 'X-Good': 'yes', n: '7' });
    expect(events.types).toEqual(['request', 'droppedHeaders']);
    const [event] = events.of('droppedHeaders');
    expect(event?.request).toBe(request);
    expect(event?.names).toHaveLength(1);
    if (/^[\w-]+$/.test(name as string)) expect(event?.names).toEqual([name]);
  });

  it('T1 in a message too', () => {
    const { bridge, transport } = setUp();
    bridge.handlePersoEvent({
      requestString: 'sendRequestToPServer',
      requestHeaders: '{"a":"b\\nc","d":"e"}',
      json: { requestData: body },
      requestId: 'r1',
    });

    expect(transport.last.request.headers).toEqual({ d: 'e' });
  });

  it('T1 what was not given was not dropped', () => {
    const { delegate, events } = setUp();
    delegate.sendRequestToPServer({ a: undefined, b: null, c: 'd' }, body, 'r1');

    expect(events.of('droppedHeaders')).toEqual([]);
  });
});

describe('T1 the event droppedHeaders', () => {
  const passing = (...names: string[]): Transport => ({
    send(_, { dropped }) {
      dropped?.(names);
      return {};
    },
  });

  it('T1 reports what a transport leaves out', async () => {
    const { delegate, events } = setUpWith(passing('authToken', 'X-Forwarded-User'));
    delegate.sendRequestToPServer(body, 'r1');
    await turn();

    expect(events.types).toEqual(['request', 'droppedHeaders', 'reply']);
    expect(events.of('droppedHeaders')[0]?.names).toEqual(['authToken', 'X-Forwarded-User']);
  });

  it('T1 reports each name once, in whatever case', async () => {
    const { delegate, events } = setUpWith(passing('authToken', 'x-a', 'AUTHTOKEN'));
    for (const id of ['r1', 'r2']) delegate.sendRequestToPServer({ 'x-b': '\n' }, body, id);
    await turn();

    expect(events.of('droppedHeaders').map(({ names }) => names)).toEqual([['x-b'], ['authToken', 'x-a']]);
  });

  it('T1 remembers at most 100 names, and reports no more', async () => {
    const { delegate, events } = setUpWith(
      passing(...Array.from({ length: 150 }, (_, index) => `x-${index}`)),
    );
    delegate.sendRequestToPServer(body, 'r1');
    delegate.sendRequestToPServer(body, 'r2');
    await turn();

    expect(events.of('droppedHeaders').flatMap(({ names }) => names)).toHaveLength(100);
  });

  it('T1 reports at most 64 characters of a name, in one line', () => {
    const { delegate, events } = setUp();
    delegate.sendRequestToPServer({ [`a\r\n\u202e${'x'.repeat(1_000)}`]: 'b' }, body, 'r1');
    const [name] = events.of('droppedHeaders')[0]?.names ?? [];

    expect(name).toBe(`a\ufffd\ufffd\ufffd${'x'.repeat(60)}`);
  });

  it('T1 accepts from a transport of the page names alone', async () => {
    const transport: Transport = {
      send(_, { dropped }) {
        dropped?.(['x-a', 7, null, {}] as string[]);
        dropped?.(undefined as unknown as string[]);
        return {};
      },
    };
    const { delegate, events, widget } = setUpWith(transport);
    delegate.sendRequestToPServer(body, 'r1');
    await turn();

    expect(events.of('droppedHeaders').map(({ names }) => names)).toEqual([['x-a']]);
    expect(widget.replies).toEqual([[{}, 'r1']]);
  });

  it('T1 reports nothing of a request that has ended', async () => {
    const { bridge, delegate, transport, events } = setUp();
    delegate.sendRequestToPServer(body, 'r1');
    bridge.dispose();
    transport.last.context.dropped?.(['x-a']);

    expect(events.of('droppedHeaders')).toEqual([]);
  });

  it('B1 a handler may end the request', async () => {
    const { bridge, delegate, transport, widget } = setUp();
    bridge.on('droppedHeaders', () => bridge.dispose());
    delegate.sendRequestToPServer({ a: '\n' }, body, 'r1');
    await turn();

    expect(transport.sent).toEqual([]);
    expect(widget.replies).toHaveLength(1);
  });
});
