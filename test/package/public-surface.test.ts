import { describe, expect, it } from 'vitest';
import { entries } from '../entries.ts';
import { describeEntries } from './fixtures/describe-entry.ts';

const surface = describeEntries(entries.map(([, source]) => source));

describe.each(entries)('%s', (name, source) => {
  const lines = surface.get(source) ?? [];

  it('has the recorded exports and types', async () => {
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      `public-surface/${name.replaceAll('/', '-')}.txt`,
    );
  });

  it('has the values of its types, and no others', async () => {
    const promised = lines.flatMap((line) => line.match(/^(?:class|function|const) (\w+)/)?.[1] ?? []);
    const exported: object = await import(/* @vite-ignore */ `../../${source}`);

    expect(Object.keys(exported).sort()).toEqual(promised.sort());
  });
});
