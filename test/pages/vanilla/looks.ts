import { beforeAll, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';
import { findPaleTexts } from './pale-texts.ts';
import { findSmallTargets } from './small-targets.ts';
import { searchBank } from './walks.ts';

const widths = [360, 390, 640, 768, 1023, 1024, 1440, 2200];

/** Each phase that a bank can be in, and the two kinds of prompt. */
async function showBanks(example: Example): Promise<void> {
  const linxo = example.server.sandbox?.linxo;
  const events = {
    running: { event: 'SYNC_ALL_STARTED' },
    success: { event: 'SYNC_ALL_SUCCESS' },
    partial: { event: 'SYNC_ALL_SUCCESS', connectionStatus: 'PARTIAL_SUCCESS' },
    failed: { event: 'SYNC_ALL_ENDED', status: 'SERVER_ERROR', connectionStatus: 'FAILED' },
    code: { event: 'CHALLENGE_REQUIRED' },
    consent: { event: 'TOKEN_EXPIRED' },
  };
  for (const name of Object.keys(events)) {
    linxo?.addConnection({ id: name, name: 'Müßiggang Genossenschaftsbank' });
    linxo?.publish(name, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
  }
  await example.page.click('#poller-nudge');
  for (const [name, step] of Object.entries(events)) {
    await example.present(`[data-connection="${name}"]`);
    linxo?.publish(name, { ...step, channel: 'REDIRECT' });
  }
  for (const name of ['running', 'success', 'partial', 'failed']) {
    await example.present(`[data-connection="${name}"][data-phase="${name}"]`);
  }
  for (const type of ['CHALLENGE_REQUIRED', 'TOKEN_EXPIRED'])
    await example.present(`[data-prompt="${type}"]`);
}

export function testLooks(getExample: () => Example): void {
  describe('its looks', () => {
    let example: Example;

    beforeAll(async () => {
      example = getExample();
      // All that there is to see at once: an error, an answer, a second reply, banks to choose from.
      await example.misbehave('twice');
      await example.present('[data-state="held"]');
      await searchBank(example, 'ban');
      if ((await example.text('#own-command')) !== undefined) {
        await example.page.click('#own-command [type="submit"]');
        await example.present('#own-answer[data-state="ready"]');
      }
      await example.page.click('[data-fault="garbage"]');
      await example.part('insights', 'error');
      await showBanks(example);
    });

    it('fit every width, so that nobody has to scroll sideways', async () => {
      for (const width of widths) {
        await example.page.resize({ width, height: 800 });
        const { scrollWidth, clientWidth } = await example.page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return { scrollWidth, clientWidth };
        });
        expect({ width, scrollWidth }).toEqual({ width, scrollWidth: clientWidth });
      }
    });

    it('make every target large enough for a finger', async () => {
      await example.page.resize({ width: 360, height: 800 });
      expect(await example.page.evaluate(findSmallTargets)).toEqual([]);
    });

    it('keep every text readable: a contrast of 4.5, or 3 where it is large', async () => {
      expect(await example.page.evaluate(findPaleTexts)).toEqual([]);
      // The others have to be started for the dark: which colours there are then is in the style sheet, not in the engine.
      if (example.engine.darken) {
        await example.engine.darken(example.page);
        expect(await example.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(
          true,
        );
        expect(await example.page.evaluate(findPaleTexts)).toEqual([]);
      }
      await example.page.click('[data-action="try-again"]');
      await example.part('insights', 'ready');
      expect(await example.page.evaluate(findPaleTexts)).toEqual([]);
    });
  });
}
