import { describe, expect, test } from 'vitest';
import { type Transport, WidgetBridge } from '../../../src/index.ts';
import { quiet } from '../fixtures/clock.ts';
import { portTests } from '../fixtures/port-tests.ts';

const { client, host } = portTests();

/** A bridge, a transport on the host of its port, and what the bridge emits. */
function across(transport: Transport) {
  const { port1, port2 } = new MessageChannel();
  host({ transport, port: port2 });
  const bridge = new WidgetBridge({ transport: client({ port: port1 }) });
  const seen: unknown[] = [];
  bridge.on('insecurePage', (event) => seen.push(event));
  const ask = (): void => bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'r1');
  return { bridge, seen, ask };
}

describe('T1 a host whose page came over plain HTTP', () => {
  test('T1 is reported to the bridge of the client, once', async () => {
    const { bridge, seen, ask } = across({
      send(_, { insecurePage }) {
        insecurePage?.('http://intranet.bank.example');
        insecurePage?.('http://intranet.bank.example');
        return new Promise(() => {});
      },
    });
    ask();
    await quiet();

    expect(seen).toEqual([{ origin: 'http://intranet.bank.example' }]);
    bridge.dispose();
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object', {}],
    ['a number', 7],
  ])('T1 is nothing where a transport reports %s', async (_, origin) => {
    const { bridge, seen, ask } = across({
      send(_request, { insecurePage }) {
        insecurePage?.(origin as string);
        return new Promise(() => {});
      },
    });
    ask();
    await quiet();

    expect(seen).toEqual([]);
    bridge.dispose();
  });

  test('T1 is not reported any more once the request has ended', async () => {
    let report: ((origin: string) => void) | undefined;
    const { bridge, seen, ask } = across({
      send(_, { insecurePage }) {
        report = insecurePage;
        return { ok: true };
      },
    });
    ask();
    await quiet();
    report?.('http://intranet.bank.example');
    await quiet();

    expect(seen).toEqual([]);
    bridge.dispose();
  });
});
