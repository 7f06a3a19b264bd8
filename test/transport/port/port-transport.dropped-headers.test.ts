import { describe, expect, test } from 'vitest';
import { type Transport, WidgetBridge } from '../../../src/index.ts';
import { quiet } from '../fixtures/clock.ts';
import { portTests } from '../fixtures/port-tests.ts';

const { client, host } = portTests();

/** A bridge, and a transport on the host of its port. */
function across(transport: Transport) {
  const { port1, port2 } = new MessageChannel();
  host({ transport, port: port2 });
  const bridge = new WidgetBridge({ transport: client({ port: port1 }) });
  const told: unknown[] = [];
  bridge.on('droppedHeaders', ({ request, names }) => told.push([request.requestId, ...names]));
  const ask = (requestId: string, headers: object): void =>
    bridge.delegate.sendRequestToPServer(headers, { type: 'getInsights' }, requestId);
  return { bridge, told, ask };
}

/** It drops all headers. */
const dropping: Transport = {
  send(request, { dropped }) {
    dropped?.(Object.keys(request.headers));
    return new Promise(() => {});
  },
};

describe('T1 which headers the host’s transport does not send', () => {
  test('T1 is reported to the bridge of the request, each name once', async () => {
    const { bridge, told, ask } = across(dropping);
    ask('r1', { authToken: 'x', accept: 'a/b' });
    ask('r2', { authtoken: 'x', 'x-brand': 'y' });
    await quiet();

    expect(told).toEqual([
      ['r1', 'authToken', 'accept'],
      ['r2', 'x-brand'],
    ]);
    bridge.dispose();
  });

  test('T1 is not reported any more once the request has ended', async () => {
    let tell: ((names: readonly string[]) => void) | undefined;
    const { bridge, told, ask } = across({
      send(_, { dropped }) {
        tell = dropped;
        return { ok: true };
      },
    });
    ask('r1', {});
    await quiet();
    tell?.(['accept']);
    await quiet();

    expect(told).toEqual([]);
    bridge.dispose();
  });

  test.each<[string, unknown]>([
    ['no list', 'accept'],
    ['nothing', undefined],
    ['an empty list', []],
    ['a list of what is no text', [7, null, {}, Symbol('x'), () => {}]],
  ])('T1 is nothing where a transport reports %s', async (_, names) => {
    const { bridge, told, ask } = across({
      send(_request, { dropped }) {
        dropped?.(names as string[]);
        return new Promise(() => {});
      },
    });
    ask('r1', {});
    await quiet();

    expect(told).toEqual([]);
    expect(bridge.getSnapshot().pending).toHaveLength(1);
    bridge.dispose();
  });

  test.each<[string, object]>([
    ['of no request', { of: 7, dropped: ['accept'] }],
    ['that is no list', { of: 1, dropped: 'accept' }],
    ['of what is no text', { of: 1, dropped: [7] }],
    ['without end', { of: 1, dropped: Array.from({ length: 101 }, (_, at) => `x-${at}`) }],
  ])('S4 is read from no message %s', async (_, message) => {
    const { port1, port2 } = new MessageChannel();
    const bridge = new WidgetBridge({ transport: client({ port: port1 }) });
    const told: unknown[] = [];
    bridge.on('droppedHeaders', (event) => told.push(event));
    bridge.delegate.sendRequestToPServer({}, { type: 'getInsights' }, 'r1');
    port2.postMessage({ bankside: 1, ...message });
    await quiet();

    expect(told).toEqual([]);
    bridge.dispose();
    port2.close();
  });
});

test('B1 a request that is made while another is written reaches the host as well', async () => {
  const arrived: unknown[] = [];
  const { bridge, ask } = across({
    send({ requestId }) {
      arrived.push(requestId);
      return new Promise(() => {});
    },
  });
  let times = 0;
  const date = {
    toJSON() {
      times += 1;
      if (times < 4) ask(`r1-${times}`, {});
      return 'now';
    },
  };
  bridge.delegate.sendRequestToPServer({}, { type: 'getInsights', date }, 'r1');
  await quiet();

  expect(times).toBeGreaterThan(1); // as it is compared, and as it is sent
  expect(arrived.sort()).toEqual(
    bridge
      .getSnapshot()
      .pending.map(({ requestId }) => requestId)
      .sort(),
  );
  bridge.dispose();
});
