import { expect, it } from 'vitest';
import { engineNames } from './engine.ts';
import { readEngine } from './read-engine.ts';

it('reads the name of each engine', () => {
  expect(engineNames.map(readEngine)).toEqual(engineNames);
});

it.each([
  [undefined, 'not set'],
  ['', '""'],
  ['Chromium', '"Chromium"'],
])('lists the names if it is %j', (value, given) => {
  expect(() => readEngine(value)).toThrow(
    `BANKSIDE_ENGINE must be one of chromium, firefox, webkit, but it is ${given}.`,
  );
});
