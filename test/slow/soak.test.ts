import { expect, it, onTestFinished } from 'vitest';
import { engineNames } from '../engines/engine.ts';
import { launch } from '../engines/launch.ts';
import { serveLocally } from '../harness/local-server.ts';
import { bundleSoak } from '../soak/bundle-soak.js';
import type { SoakOptions, SoakResult } from '../soak/life.ts';

it.each(engineNames)(
  'B1 B9 Q2 Q3 Q8 minutes of life with faults, hidden, frozen and offline: all ends right, and nothing is left, in %s',
  async (name) => {
    const script = await bundleSoak();
    const server = await serveLocally(({ url }, response) => {
      const type = url === '/script.js' ? 'text/javascript' : 'text/html';
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(url === '/script.js' ? script : '<!doctype html><title>soak</title>');
    });
    onTestFinished(() => server.close());
    const engine = await launch(name);
    onTestFinished(() => engine.close());
    const page = await engine.open(server.url);

    const { wrong, left, ...sums } = await page.evaluate<[SoakOptions], SoakResult>(
      'async (options) => (await import("/script.js")).soak(options)',
      { seed: 1, minutes: 4, lives: 12 },
    );

    expect(wrong).toEqual([]);
    expect(left).toEqual({ timers: 0, listeners: 0, channels: 0, locks: 0, entries: 0 });
    for (const [what, count] of Object.entries(sums)) expect(count, what).toBeGreaterThan(0);
  },
);
