import { describe, expect, it, vi } from 'vitest';
import { until } from '../../transport/fixtures/clock.ts';
import { portTests } from '../../transport/fixtures/port-tests.ts';
import { oddValues } from './odd-values.ts';
import { wayNames, ways } from './raising.ts';
import { expectAllHandled } from './unhandled.ts';

const { client, host, ask } = portTests();
expectAllHandled();

type Outcome = { readonly reply: unknown } | { readonly code: string | undefined };

/** What comes of a request within the real time that messages need. The clock of requests stands still, so that none times out. */
async function outcomeOf(asking: Promise<unknown>): Promise<Outcome> {
  let outcome: Outcome | undefined;
  asking.then(
    (reply) => {
      outcome = { reply };
    },
    ({ code }) => {
      outcome = { code };
    },
  );
  for (let turns = 0; turns < 200 && !outcome; turns += 1) await new Promise((done) => setImmediate(done));
  return outcome ?? { code: 'pending' };
}

describe.each(oddValues)('S4 B1 %s', (name, make) => {
  it.each(wayNames)('S4 the transport of servePort %s it', async (way) => {
    const { port1, port2 } = new MessageChannel();
    const send = ways[way](make());
    host({ port: port2, transport: { send, notify: send } });
    const transport = client({ port: port1 });
    transport.notify?.('sessionEnded', {});

    expect(await outcomeOf(ask(transport))).toEqual({ code: 'NETWORK' });
  });

  it('S4 the transport of servePort answers with it', async () => {
    if (name === 'undefined' || name === 'a thenable that never settles') return; // both wait
    for (const send of [() => make(), async () => [make()]]) {
      const { port1, port2 } = new MessageChannel();
      host({ port: port2, transport: { send } });

      expect(await outcomeOf(ask(client({ port: port1 })))).not.toEqual({ code: 'pending' });
    }
  });

  it('S4 it is the reason of the client’s signal', async () => {
    const { port1, port2 } = new MessageChannel();
    const abort = new AbortController();
    const send = vi.fn((_request: unknown, _context: { signal: AbortSignal }) => new Promise(() => {}));
    host({ port: port2, transport: { send } });
    const asking = ask(client({ port: port1 }), { signal: abort.signal });
    await until(() => send.mock.calls.length > 0);
    const [[, { signal } = { signal: undefined }] = []] = send.mock.calls;
    expect(signal?.aborted).toBe(false);
    abort.abort(make());

    expect(await outcomeOf(asking)).toEqual({ code: 'ABORTED' });
    await until(() => signal?.aborted === true);
  });

  it('S4 it is a body, or the data of a notice', async () => {
    const { port1, port2 } = new MessageChannel();
    host({ port: port2, transport: { send: () => ({ ok: true }) } });
    const transport = client({ port: port1 });
    transport.notify?.('sessionEnded', make());
    transport.notify?.('sessionEnded', { of: make() });
    const outcome = await outcomeOf(ask(transport, { request: { body: make() } }));

    expect([{ reply: '{"ok":true}' }, { code: 'INVALID_CALL' }]).toContainEqual(outcome);
  });
});
