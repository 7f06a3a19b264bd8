import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bundle } from './bundle-with.js';
import type { Consumer } from './consumer.ts';

/** Each part of the package, with a string that only that part has. */
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

/** Pages, by the parts that they use. */
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

/** Rollup warns about two comments and a circular import in zod, on every page that imports `bankside`. */
const ofZod = /\bnode_modules[\\/]zod[\\/]v4[\\/]core[\\/]/;

/** The parts whose string the installed package does not have: such a string proves nothing. */
export function partsNotFound({ folder }: Consumer): string[] {
  const dist = join(folder, 'node_modules', 'bankside', 'dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const code = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  return Object.values(parts).filter((text) => !code.includes(text));
}

/** Expects that a bundled page contains the parts that it uses and no other, without a warning. */
export function expectParts({ code, warnings }: Bundle, taken: readonly string[]): void {
  expect(warnings.filter((warning) => !ofZod.test(warning))).toEqual([]);
  const found = Object.entries(parts).filter(([, text]) => code.includes(text));
  expect(found.map(([part]) => part)).toEqual(taken);
}
