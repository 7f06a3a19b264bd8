import { expect, onTestFinished, test } from 'vitest';
import { httpTransport, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { type AnswerScript, scriptAnswers } from './answer-script.ts';
import type { Step } from './scripted-server.ts';
import { WRITE } from './wire.ts';

const TIMEOUT = 600;

/** Blocks the page until the condition holds and the deadline is over. Returns whether the condition held. */
function blockPage(until: () => boolean): boolean {
  const began = performance.now();
  const isOver = (ms: number): boolean => performance.now() - began > ms;
  while (!until()) if (isOver(10 * TIMEOUT)) return false;
  while (!isOver(2 * TIMEOUT));
  return true;
}

/** Reads the arrivals synchronously, so that no other task of the page runs. */
function hasArrived(script: AnswerScript): boolean {
  const request = new XMLHttpRequest();
  request.open('GET', script.address('').replace(/\/$/, ''), false);
  request.send();
  return (JSON.parse(request.responseText) as unknown[]).length > 0;
}

/** Sends a request, and blocks the page once it has arrived, until its deadline has passed. */
async function sendAndBlock(step: Step): Promise<{ readonly sending: Promise<unknown> }> {
  // A request that has not left the page by then never arrives. On a slow machine the next one has more time.
  for (let turn = 50; ; turn *= 2) {
    const script = await scriptAnswers(step);
    const transport = httpTransport({
      endpoints: { pserver: script.address('pserver') },
      authToken: 'token-1',
    });
    const bridge = new WidgetBridge({ transport, timeout: TIMEOUT });
    onTestFinished(() => bridge.dispose());
    const sending = bridge.send('pserver', WRITE);
    sending.catch(() => {}); // of a request that was too slow
    await new Promise((resolve) => setTimeout(resolve, turn));
    if (blockPage(() => hasArrived(script))) return { sending };
  }
}

test('B15 a page that was blocked past the deadline accepts an answer that arrived meanwhile', async () => {
  const { sending } = await sendAndBlock({ body: '{"ok":true,"insights":[]}' });

  expect(await sending).toEqual({ ok: true, insights: [] });
});

test('B15 a request without an answer then fails soon, and reports how long the page was blocked', async () => {
  const { sending } = await sendAndBlock({ end: 'never' });
  const error = await sending.catch((reason: unknown) => reason);

  if (!isBanksideError(error, 'TIMEOUT')) throw error;
  expect(error.details.stoodStill).toBeGreaterThan(0);
  expect(error.message).toMatch(/the page stood still for \d+ ms of it/);
});
