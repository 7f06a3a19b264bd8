import { expect, test } from 'vitest';
import { show } from './shown.ts';

/** A line that is no line of the inspector’s, and what changes how the rest is shown. */
const FORGED = '\u202egetInsights\n00:00:00.000  PServer  getAccounts  answered\u0000\u2028';

test('S4 T4 what a widget wrote is shown and reported as a mark, and makes no line', async () => {
  const shown = show();
  const { bridge, inspector } = shown;
  bridge.attach({ handlePServerResponse() {} }, {});
  bridge.delegate.sendRequestToPServer(null, { type: FORGED }, FORGED);
  bridge.delegate.sendRequestToPServer(null, { requestString: FORGED }, 'none');
  bridge.handlePServerResponse({}, `${FORGED}2`);
  await expect
    .poll(shown.lines)
    .toEqual([
      expect.stringMatching(/^#[0-9a-f]{16}, PServer, in flight$/),
      expect.stringMatching(/^#[0-9a-f]{16}, Bridge, widget message$/),
      expect.stringMatching(/^reply #[0-9a-f]{16}, Bridge, no request has this id$/),
    ]);
  shown.rows()[0]?.click();
  await expect.poll(shown.details).toMatch(/id#[0-9a-f]{16}began/);
  const texts = [inspector.shadowRoot?.textContent ?? '', ...inspector.report().split('\n')];
  expect(texts.filter((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))).toEqual([]);
  expect(texts.join()).not.toContain('getAccounts');
  expect(texts.at(-1)).toBe('');
});
