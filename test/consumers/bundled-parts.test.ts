import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundlers } from '../package/bundle-with.js';
import { type Consumer, createConsumer } from '../package/consumer.ts';
import { expectParts, pagesByParts } from '../package/page-parts.ts';

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
});

afterAll(() => {
  consumer.remove();
});

// test/package/packed.test.ts does the same with esbuild, after each build.
const others = Object.entries(bundlers).filter(([name]) => name !== 'esbuild');

describe.each(others)('a page that is bundled with %s', (name, bundle) => {
  it.each(pagesByParts)(
    'contains %j of the package and nothing else, without a warning',
    async (taken, page) => {
      expectParts(await bundle(consumer.write(`${name}-${taken.length}.js`, page)), taken);
    },
  );
});
