import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundle-with.js';
import { type Consumer, createConsumer } from './consumer.ts';

/** Server components need it, in the first statement of the file: see test/consumers/projects/next. */
describe('the directive of bankside/react', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = createConsumer();
    // In place of React, whose CommonJS Rollup cannot read on its own.
    const names = [
      'Callback',
      'Effect',
      'InsertionEffect',
      'LayoutEffect',
      'Memo',
      'Ref',
      'State',
      'SyncExternalStore',
    ];
    mkdirSync(join(consumer.folder, 'node_modules/react'));
    consumer.write('node_modules/react/package.json', '{ "type": "module", "main": "react.js" }');
    consumer.write(
      'node_modules/react/react.js',
      names.map((name) => `export const use${name} = 0;`).join('\n'),
    );
  });

  afterAll(() => {
    consumer.remove();
  });

  it('is in the built entry', () => {
    const entry = join(consumer.folder, 'node_modules/bankside/dist/react.js');
    expect(readFileSync(entry, 'utf8')).toMatch(/^["']use client["'];/);
  });

  // Vite reports it, too, where no plugin for React hides it: see test/consumers/projects/vite-react.
  it.each([
    { name: 'esbuild', reports: [] },
    { name: 'webpack', reports: [] },
    { name: 'Rollup', reports: [expect.stringContaining('was ignored')] },
  ] as const)('causes no warning, except that Rollup ignores it ($name)', async ({ name, reports }) => {
    const page = consumer.write(`${name}.js`, "export { useBridge } from 'bankside/react';");
    const { warnings } = await bundlers[name](page);
    expect(warnings.filter((warning) => warning.includes('use client'))).toEqual(reports);
  });
});
