import { describe, expect, onTestFinished, test } from 'vitest';
import page from '../../../docs/monitoring.md?raw';
import { WidgetBridge } from '../../../src/index.ts';
import { observeLife } from '../../../src/monitoring.ts';
import { createTestTransport } from '../../../src/testing/index.ts';

/** The documented lines, without their import. */
function recipe(heading: string): string {
  const code = /```js\n([\s\S]*?)```/.exec(page.split(`### ${heading}\n`)[1] ?? '')?.[1];
  if (!code) throw new Error(`There is no code under ${heading}`);
  return code.replace(/^import .*\n/gm, '');
}

describe('the marks in the browser’s own profiler', () => {
  test('measure each request from its beginning to its end, with how it ended', async () => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const run = new Function(
      'observeLife',
      'bridge',
      `${recipe("In the browser's own profiler")}; return stop;`,
    );
    const stop = run(observeLife, bridge) as () => void;
    onTestFinished(() => {
      stop();
      bridge.dispose();
      performance.clearMeasures();
    });
    performance.clearMeasures();

    const before = performance.now();
    const answered = bridge.send('pserver', { type: 'getInsights', token: 'hush' });
    transport.last.answer({ ok: true });
    await answered;
    const failed = bridge.send('ob', { type: 'getAccounts' });
    transport.last.fail(new Error('hush'));
    await expect(failed).rejects.toThrow();
    const after = performance.now();

    const measures = performance.getEntriesByType('measure');
    // The browser sorts them by their beginning, and both may begin in the same millisecond.
    expect(measures.map(({ name }) => name).sort()).toEqual([
      'ob getAccounts: NETWORK',
      'pserver getInsights: answered',
    ]);
    for (const { startTime, duration } of measures) {
      expect(startTime).toBeGreaterThanOrEqual(before - 1);
      expect(startTime + duration).toBeLessThanOrEqual(after + 1);
    }
    expect(JSON.stringify(measures)).not.toContain('hush');
  });
});
