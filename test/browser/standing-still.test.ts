import { expect, onTestFinished, test } from 'vitest';
import { httpTransport, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { type AnswerScript, scriptAnswers } from './answer-script.ts';
import { WRITE } from './wire.ts';

const TIMEOUT = 600;

function bridgeIn(script: AnswerScript): WidgetBridge {
  const transport = httpTransport({
    endpoints: { pserver: script.address('pserver') },
    authToken: 'token-1',
  });
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
function hasArrived(script: AnswerScript): boolean {
  const request = new XMLHttpRequest();
  request.open('GET', script.address('').replace(/\/$/, ''), false);
  request.send();
  return (JSON.parse(request.responseText) as unknown[]).length > 0;
}

/** Until a request that was just made has left the page. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

test('B15 a page that was blocked past the deadline takes what was answered meanwhile', async () => {
  const script = await scriptAnswers({ body: '{"ok":true,"insights":[]}' });
  const sending = bridgeIn(script).send('pserver', WRITE);
  await aTurn();
  standStill(() => hasArrived(script));

  expect(await sending).toEqual({ ok: true, insights: [] });
});

test('B15 what was not answered fails soon, and says for how long the page stood still', async () => {
  const script = await scriptAnswers({ end: 'never' });
  const sending = bridgeIn(script).send<never>('pserver', WRITE);
  const ended = sending.catch((error: unknown) => error);
  await aTurn();
  standStill(() => hasArrived(script));
  const error = await ended;

  if (!isBanksideError(error, 'TIMEOUT')) throw error;
  expect(error.details.stoodStill).toBeGreaterThan(0);
  expect(error.message).toMatch(/the page stood still for \d+ ms of it/);
});
