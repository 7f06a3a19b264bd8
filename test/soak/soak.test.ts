import { expect, it, onTestFinished } from 'vitest';
import { engineUnderTest } from '../engines/engine-under-test.ts';
import { launch } from '../engines/launch.ts';
import { serveLocally } from '../harness/local-server.ts';
import { bundleSoak } from './bundle-soak.js';
import type { SoakOptions, SoakResult } from './life.ts';

it('B1 B9 Q2 Q3 Q8 minutes of life with faults, hidden, frozen and offline: all ends right, and nothing is left', async () => {
  const script = await bundleSoak();
  const server = await serveLocally(({ url }, response) => {
    const type = url === '/script.js' ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(url === '/script.js' ? script : '<!doctype html><title>soak</title>');
  });
  onTestFinished(() => server.close());
  const engine = await launch(engineUnderTest);
  onTestFinished(() => engine.close());
  const page = await engine.open(server.url);

  const { wrong, left, ...sums } = await page.evaluate<[SoakOptions], SoakResult>(
    'async (options) => (await import("/script.js")).soak(options)',
    { seed: 1, minutes: 4, lives: 12 },
  );

  expect(wrong).toEqual([]);
  expect(left).toEqual({ timers: 0, listeners: 0, channels: 0, locks: 0, entries: 0 });
  for (const [what, count] of Object.entries(sums)) expect(count, what).toBeGreaterThan(0);
});
