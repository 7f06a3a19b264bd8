import { describe, expect, it } from 'vitest';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import type { Driver } from './driver.ts';
import { COMMAND } from './endings.ts';
import type { Wire } from './wired.ts';

const ABOUT = { requestId: 'r1', server: 'pserver', type: COMMAND.type, elapsed: expect.any(Number) };

/** T4: an error on the other side is an error on this side, and contains no more than it should. */
export function tellsFailures({ cannot = {} }: Driver, wire: Wire): void {
  if (!cannot.refuse) {
    describe('T4 another side that answers with an error', () => {
      it('T4 fails with its code and status', async () => {
        const { ask, arrival, replies, events, milestones } = await wire();
        ask(COMMAND, 'r1');
        (await arrival()).refuse?.(500);

        expect(await replies(1)).toEqual([[FAILURE, 'r1']]);
        expect(events.errors).toMatchObject([{ code: 'HTTP', details: { ...ABOUT, status: 500 } }]);
        expect(milestones()).toEqual(['request', 'failure']);
      });

      it('T4 with an error reply, which is the reply of the widget', async () => {
        const refusal = { ok: false, status: '409', statusMessage: 'Rated already' };
        const { ask, arrival, replies, events } = await wire();
        ask(COMMAND, 'r1');
        (await arrival()).refuse?.(409, refusal);

        expect(await replies(1)).toEqual([[refusal, 'r1']]);
        expect(events.errors).toMatchObject([{ code: 'HTTP', details: { ...ABOUT, status: 409 } }]);
      });

      it('T4 makes the page’s own send reject', async () => {
        const { bridge, arrival } = await wire();
        const sending = bridge.send('enrich', COMMAND);
        const rejected = expect(sending).rejects.toMatchObject({
          code: 'HTTP',
          details: { server: 'enrich', type: COMMAND.type, status: 503 },
        });
        (await arrival()).refuse?.(503);

        await rejected;
      });
    });
  }

  if (!cannot['break off']) {
    describe('T4 a channel that breaks off', () => {
      it('T4 fails with NETWORK or NO_CHANNEL, and says why', async () => {
        const { ask, arrival, replies, events } = await wire();
        ask(COMMAND, 'r1');
        (await arrival()).breakOff?.();

        expect(await replies(1)).toEqual([[FAILURE, 'r1']]);
        const [error] = events.errors;
        expect(error).toMatchObject({
          code: expect.stringMatching(/^(NETWORK|NO_CHANNEL)$/),
          message: expect.stringContaining(`(${COMMAND.type} to pserver)`),
          details: ABOUT,
        });
        if (error?.code === 'NETWORK') expect(error.cause).toBeInstanceOf(Error);
      });
    });
  }
}
