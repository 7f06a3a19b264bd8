import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlers } from './bundle-with.js';
import { type Consumer, createConsumer } from './consumer.ts';

/** Each part by a text that only it has. */
const parts = {
  error: 'bankside.error',
  bridge: 'handlePServerResponse',
  httpTransport: 'authToken',
  nativeTransport: 'personeticsApple',
  portTransport: 'postMessage',
  poller: 'queues/subscribe',
  react: 'useSyncExternalStore',
  angular: 'runOutsideAngular',
} as const;

/** Pages by the parts that they take. */
const pages: readonly (readonly [taken: readonly (keyof typeof parts)[], code: string])[] = [
  [['error'], `import { isBanksideError } from 'bankside'; console.log(isBanksideError(window.value));`],
  [
    ['error', 'bridge'],
    `import { WidgetBridge } from 'bankside'; window.bridge = new WidgetBridge({ transport: window.bank });`,
  ],
  [
    ['error', 'bridge', 'httpTransport', 'nativeTransport', 'portTransport', 'poller'],
    `import * as all from 'bankside'; window.all = { ...all };`,
  ],
];

/** Rollup warns of two comments in zod, and of a circular import there. Every page that imports `bankside` gets these warnings. */
const ofZod = /\bnode_modules\/zod\/v4\/core\//;

let consumer: Consumer;

beforeAll(() => {
  consumer = createConsumer();
});

afterAll(() => {
  consumer.remove();
});

it('each part is told by a text that the package holds', () => {
  const dist = join(consumer.folder, 'node_modules/bankside/dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const code = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  expect(Object.values(parts).filter((text) => !code.includes(text))).toEqual([]);
});

describe.each(Object.entries(bundlers))('a page that is bundled with %s', (name, bundle) => {
  it.each(pages)('has %j of the package and nothing else, without a warning', async (taken, page) => {
    const { code, warnings } = await bundle(consumer.write(`${name}-${taken.length}.js`, page));
    expect(warnings.filter((warning) => !ofZod.test(warning))).toEqual([]);
    const found = Object.entries(parts).filter(([, text]) => code.includes(text));
    expect(found.map(([part]) => part)).toEqual(taken);
  });
});
