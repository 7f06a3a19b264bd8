import { describe, expect, it, vi } from 'vitest';
import { type NativeShell, nativeTransport } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

const { reported, setUpWith } = bridgeTests();
expectAllHandled();

const BODY = { type: 'getInsights' };
const shell: NativeShell = {
  bridge: 'window.app',
  isThere: () => true,
  postRequest: () => undefined,
  postNotice: () => undefined,
};

describe.each(oddValues)('S4 B1 %s', (name, make) => {
  it.each(wayNames)('S4 a function of the shell %s it', async (way) => {
    const raise = ways[way];
    const parts: [Partial<NativeShell>, string][] = [
      [{ postRequest: raise(make()) }, 'NETWORK'],
      [{ postRequest: raise(make()), oneAtATime: true }, 'NETWORK'],
      [{ isThere: raise(make()) }, 'NO_CHANNEL'],
    ];
    if (way === 'throws') parts.push([{ takes: raise(make()) }, 'NETWORK']);
    for (const [part, code] of parts) {
      if (way === 'rejects' && code === 'NO_CHANNEL') continue; // a promise is no answer
      const transport = nativeTransport({ shell: { ...shell, postNotice: raise(make()), ...part } });
      const { delegate, widget, events } = setUpWith(transport);
      delegate.sendRequestToPServer(BODY, 'r1');
      if (code === 'NETWORK') delegate.sessionEnded({});
      await vi.advanceTimersByTimeAsync(6_000);
      await turn();

      expect(widget.replies).toEqual([[FAILURE, 'r1']]);
      expect(events.codes).toEqual([code]);
      transport.dispose();
      reported.length = 0;
    }
  });

  it('S4 the shell answers with it, or native code does', async () => {
    if (name === 'a thenable that never settles') return;
    const wireIds: string[] = [];
    const returning = setUpWith(nativeTransport({ shell: { ...shell, postRequest: () => make() } }));
    returning.delegate.sendRequestToPServer(BODY, 'r1');
    const postRequest: NativeShell['postRequest'] = ({ requestId }) => void wireIds.push(requestId);
    const calling = setUpWith(nativeTransport({ shell: { ...shell, postRequest } }));
    calling.delegate.sendRequestToPServer(BODY, 'r1');
    calling.bridge.handlePServerResponse(make(), `${wireIds[0]}`);
    await vi.advanceTimersByTimeAsync(30_000);
    await turn();

    for (const { widget, bridge } of [returning, calling]) {
      expect(widget.replies).toHaveLength(1);
      expect(bridge.getSnapshot().pending).toEqual([]);
    }
  });
});
