import { expect, onTestFinished, test } from 'vitest';
import { httpTransport, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { type AnswerScript, scriptAnswers } from './answer-script.ts';
import type { Step } from './scripted-server.ts';
import { WRITE } from './wire.ts';

const TIMEOUT = 600;

/** Keeps the page from doing anything until that holds, and the deadline is over. Returns whether it came to that. */
function standStill(until: () => boolean): boolean {
  const began = performance.now();
  const isOver = (ms: number): boolean => performance.now() - began > ms;
  while (!until()) if (isOver(10 * TIMEOUT)) return false;
  while (!isOver(2 * TIMEOUT));
  return true;
}

/** Asks what has arrived without giving the page a turn. */
function hasArrived(script: AnswerScript): boolean {
  const request = new XMLHttpRequest();
  request.open('GET', script.address('').replace(/\/$/, ''), false);
  request.send();
  return (JSON.parse(request.responseText) as unknown[]).length > 0;
}

/** Sends a request. Once that has left the page, the page stands still until its deadline has passed. */
async function sendAndStandStill(step: Step): Promise<{ readonly sending: Promise<unknown> }> {
  // A request that has not left the page by then never arrives. On a slow machine it takes longer: the next one has more time.
  for (let turn = 50; ; turn *= 2) {
    const script = await scriptAnswers(step);
    const transport = httpTransport({
      endpoints: { pserver: script.address('pserver') },
      authToken: 'token-1',
    });
    const bridge = new WidgetBridge({ transport, timeout: TIMEOUT });
    onTestFinished(() => bridge.dispose());
    const sending = bridge.send('pserver', WRITE);
    sending.catch(() => {}); // of one that was too slow
    await new Promise((resolve) => setTimeout(resolve, turn));
    if (standStill(() => hasArrived(script))) return { sending };
  }
}

test('B15 a page that was blocked past the deadline takes what was answered meanwhile', async () => {
  const { sending } = await sendAndStandStill({ body: '{"ok":true,"insights":[]}' });

  expect(await sending).toEqual({ ok: true, insights: [] });
});

test('B15 what was not answered fails soon, and says for how long the page stood still', async () => {
  const { sending } = await sendAndStandStill({ end: 'never' });
  const error = await sending.catch((reason: unknown) => reason);

  if (!isBanksideError(error, 'TIMEOUT')) throw error;
  expect(error.details.stoodStill).toBeGreaterThan(0);
  expect(error.message).toMatch(/the page stood still for \d+ ms of it/);
});
