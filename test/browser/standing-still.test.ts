import { expect, onTestFinished, test } from 'vitest';
import { httpTransport, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { openRoom, type Room } from './room.ts';
import { WRITE } from './wire.ts';

const TIMEOUT = 1_500;

function bridgeIn(room: Room): WidgetBridge {
  const transport = httpTransport({ endpoints: { pserver: room.address('pserver') }, authToken: 'token-1' });
  const bridge = new WidgetBridge({ transport, timeout: TIMEOUT });
  onTestFinished(() => bridge.dispose());
  return bridge;
}

/** Nothing of the page runs until that holds, and the time is over. */
function standStill(until: () => boolean): void {
  const over = performance.now() + 2 * TIMEOUT;
  while (!until() || performance.now() < over);
}

/** Asks what has arrived without giving the page a turn. */
function hasArrived(room: Room): boolean {
  const request = new XMLHttpRequest();
  request.open('GET', room.address('').replace(/\/$/, ''), false);
  request.send();
  return (JSON.parse(request.responseText) as unknown[]).length > 0;
}

/** Until a request that was just made has left the page. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

test('B15 a page that was blocked past the deadline takes what was answered meanwhile', async () => {
  const room = await openRoom({ body: '{"ok":true,"insights":[]}' });
  const sending = bridgeIn(room).send('pserver', WRITE);
  await aTurn();
  standStill(() => hasArrived(room));

  expect(await sending).toEqual({ ok: true, insights: [] });
});

test('B15 what was not answered fails soon, and says for how long the page stood still', async () => {
  const room = await openRoom({ end: 'never' });
  const sending = bridgeIn(room).send<never>('pserver', WRITE);
  const ended = sending.catch((error: unknown) => error);
  await aTurn();
  standStill(() => hasArrived(room));
  const error = await ended;

  if (!isBanksideError(error, 'TIMEOUT')) throw error;
  expect(error.details.stoodStill).toBeGreaterThan(0);
  expect(error.message).toMatch(/the page stood still for \d+ ms of it/);
});
