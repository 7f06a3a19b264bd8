import ky from 'ky';
import { describe, expect, it } from 'vitest';
import type { HttpTransportOptions } from '../../../src/index.ts';
import { bridgeOverHttp, FAILED, READ } from '../../transport/fixtures/bridge-over-http.ts';
import { drive, useClock } from '../../transport/fixtures/clock.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

useClock();
expectAllHandled();

const ok = async (): Promise<Response> => Response.json({ ok: true });

describe.each(oddValues)('S4 B1 %s', (name, make) => {
  describe.each(wayNames)('%s', (way) => {
    const raise = ways[way];

    it.each<[string, (value: unknown) => Partial<HttpTransportOptions>, string]>([
      ['the token function', (value) => ({ authToken: raise(value), fetch: ok }), 'NETWORK'],
      [
        'the token function, asked for a fresh one',
        (value) => ({
          authToken: ({ rejected }) => (rejected ? raise(value)() : 'stale'),
          fetch: async () => new Response('', { status: 401 }),
        }),
        'NETWORK',
      ],
      ['the function headers', (value) => ({ headers: raise(value), fetch: ok }), 'INVALID_OPTIONS'],
      ['fetch', (value) => ({ fetch: raise(value) }), 'NETWORK'],
      [
        'a hook of the page’s ky',
        (value) => ({ ky: ky.extend({ hooks: { beforeRequest: [raise(value)] } }), fetch: ok }),
        'NETWORK',
      ],
    ])('S4 by %s', async (_place, options, code) => {
      const { ask, failures, outcomes, bridge } = bridgeOverHttp(options(make()));

      expect(await drive(ask(READ))).toEqual(FAILED);
      expect(outcomes).toEqual(['failure']);
      expect(failures[0]?.error.code).toBe(code);
      expect(bridge.getSnapshot().pending).toEqual([]);
    });

    it('S4 by fetch, and the request is repeated as after any failure of the network', async () => {
      let count = 0;
      const fail = raise(make());
      const fetch = async (): Promise<Response> => {
        count += 1;
        return count < 3 ? fail() : ok();
      };
      const { ask, outcomes } = bridgeOverHttp({ fetch, retry: { limit: 2 } });

      expect(await drive(ask(READ))).toEqual({ ok: true });
      expect(outcomes).toEqual(['reply']);
      expect(count).toBe(3);
    });
  });

  it('S4 returned in place of a token, of headers, or of a response', async () => {
    if (name === 'a thenable that never settles') return;
    const options: Partial<HttpTransportOptions>[] = [
      { authToken: () => make() as string, fetch: ok },
      { headers: () => make() as HeadersInit, fetch: ok },
      { fetch: () => make() as Promise<Response> },
    ];
    for (const given of options) {
      const { ask, outcomes } = bridgeOverHttp(given);
      await drive(ask(READ));

      expect(outcomes).toHaveLength(1);
    }
  });

  it('S4 as the reason of a signal of the page', async () => {
    const abort = new AbortController();
    const { ask, outcomes, failures } = bridgeOverHttp({
      signal: abort.signal,
      fetch: () => new Promise(() => {}),
    });
    const asking = ask(READ);
    abort.abort(make());

    expect(await drive(asking)).toEqual(FAILED);
    expect(outcomes).toEqual(['failure']);
    expect(failures[0]?.error.code).toBe('DISPOSED');
  });
});
