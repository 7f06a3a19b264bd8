import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, engineNames } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { Example } from './example.ts';
import { findPaleTexts } from './pale-texts.ts';
import { findSmallTargets } from './small-targets.ts';

const widths = [360, 390, 640, 768, 1023, 1024, 1440, 2200];

const cases = engineNames.flatMap((name) => (['light', 'dark'] as const).map((scheme) => ({ name, scheme })));

describe.each(cases)('the looks of the example in $name, $scheme', ({ name, scheme }) => {
  let engine: Engine;
  let example: Example;

  beforeAll(async () => {
    engine = await launch(name, { colourScheme: scheme });
    example = await Example.open(engine);
    // All that there is to see at once: an error, an answer, a second reply, banks to choose from.
    await example.misbehave('twice');
    await example.present('[data-state="held"]');
    await example.page.type('#bank-search', 'ban');
    await example.part('bank-results', 'ready');
    await example.page.click('#own-command [type="submit"]');
    await example.present('#own-answer[data-state="ready"]');
    await example.page.click('[data-fault="garbage"]');
    await example.part('insights', 'error');
  });

  afterAll(async () => {
    await example.close();
    await engine.close();
  });

  it('fit every width, so that nobody has to scroll sideways', async () => {
    for (const width of widths) {
      await example.page.resize({ width, height: 800 });
      const excess = await example.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ width, excess: Math.max(0, excess) }).toEqual({ width, excess: 0 });
    }
  });

  it('keep every text readable: a contrast of 4.5, or 3 where it is large', async () => {
    expect(await example.page.evaluate(findPaleTexts)).toEqual([]);
    await example.page.click('[data-action="try-again"]');
    await example.part('insights', 'ready');
    expect(await example.page.evaluate(findPaleTexts)).toEqual([]);
  });

  it('make every target large enough for a finger', async () => {
    await example.page.resize({ width: 360, height: 800 });
    expect(await example.page.evaluate(findSmallTargets)).toEqual([]);
  });
});
