import { expect, it, vi } from 'vitest';
import type { BridgeOptions, Transport } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { turn } from '../bridge/fixtures/turn.ts';

const { makeBridge, setUpWith } = bridgeTests();

const BODY = { type: 'getInsights' };
const silent = { send: () => undefined };

/** What a bridge says of the requests r1 and r2, or of r1 twice. */
async function words(
  transport: Transport,
  options: Partial<BridgeOptions>,
  second = 'r2',
  end?: 'detach' | 'dispose',
): Promise<string[]> {
  const { bridge, delegate, widget, events } = setUpWith(transport, options);
  const detach = bridge.attach(widget, {});
  delegate.sendRequestToPServer(BODY, 'r1');
  delegate.sendRequestToPServer({ ...BODY }, second);
  if (end === 'detach') detach();
  if (end === 'dispose') bridge.dispose();
  await turn();
  vi.advanceTimersByTime(50);
  await turn();
  return events.errors.map(({ message }) => message);
}

const about = '(getInsights to pserver)';

it.each([
  ['TIMEOUT', () => words(silent, { timeout: 50 }), `No answer in 50 ms ${about}`],
  ['DUPLICATE_REQUEST', () => words(silent, {}, 'r1'), `Its id is pending already ${about}`],
  ['OVERLOADED', () => words(silent, { maxPending: 1 }), `1 calls wait for an answer already ${about}`],
  ['NETWORK', () => words({ send: () => Promise.reject(1) }, {}), `The transport failed ${about}`],
  [
    'INVALID_RESPONSE',
    () => words({ send: () => '<' }, {}),
    `The reply: expected an object, JSON text or Base64 of UTF-8 JSON, got string ${about}`,
  ],
  ['ABORTED', () => words(silent, {}, 'r2', 'detach'), `The widget was detached ${about}`],
  ['DISPOSED', () => words(silent, {}, 'r2', 'dispose'), `The bridge was disposed ${about}`],
])('%s says what happened, and to which request', async (_code, read, message) => {
  expect(await read()).toContain(message);
});

it('NO_CHANNEL and ABORTED too', async () => {
  const { bridge, delegate, events } = setUpWith({ send: () => ({}) });
  bridge.attach({}, {});
  delegate.sendRequestToPServer(BODY, 'r1');
  await turn();
  expect(events.errors.map(({ message }) => message)).toEqual([`No widget can be answered ${about}`]);

  const sent = makeBridge({ transport: silent }).send('pserver', BODY, { signal: AbortSignal.abort() });
  await expect(sent).rejects.toThrow(`Its signal was aborted ${about}`);
});

it('DISPOSED says what to do', () => {
  const bridge = makeBridge();
  bridge.dispose();

  expect(() => bridge.attach({})).toThrow('The bridge was disposed: a new one can attach');
});
