import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bundle } from './bundle-with.js';
import type { Consumer } from './consumer.ts';

/** Each part of the package by a text that only it has. */
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
export const pagesByParts: readonly (readonly [taken: readonly (keyof typeof parts)[], code: string])[] = [
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
const ofZod = /\bnode_modules[\\/]zod[\\/]v4[\\/]core[\\/]/;

/** Those of the parts whose text the installed package does not hold: none is told by such a text. */
export function partsNotFound({ folder }: Consumer): string[] {
  const dist = join(folder, 'node_modules', 'bankside', 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const code = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  return Object.values(parts).filter((text) => !code.includes(text));
}

/** A page that was bundled holds the parts that it takes and no other, and the bundler has nothing to say. */
export function expectParts({ code, warnings }: Bundle, taken: readonly string[]): void {
  expect(warnings.filter((warning) => !ofZod.test(warning))).toEqual([]);
  const found = Object.entries(parts).filter(([, text]) => code.includes(text));
  expect(found.map(([part]) => part)).toEqual(taken);
}
