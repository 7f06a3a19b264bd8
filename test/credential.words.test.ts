import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { BanksideError } from '../src/index.ts';
import { waiting } from './fixtures/page-function.ts';

const details = { option: 'x', expected: 'x', received: 'hush' };

const thrown: [string, unknown][] = [
  ['an error', new TypeError('hush')],
  ['an error of this package', new BanksideError('INVALID_OPTIONS', 'hush', details)],
  ['one that only looks like it', { [Symbol.for('bankside.error')]: true, code: 'TIMEOUT', message: 'hush' }],
  ['one with a cause', new Error('failed', { cause: 'hush' })],
  ['a string', 'hush'],
];

test.each(thrown)('T4 an error of the function only keeps its name: %s', async (_what, reason) => {
  for (const credential of [
    () => {
      throw reason;
    },
    async () => {
      throw reason;
    },
  ]) {
    const source = new CredentialSource('authToken', credential);
    for (const asked of [source.get(waiting()), source.replace('old', waiting())]) {
      const error = await asked.catch((error: unknown) => error);

      expect(error).toBeInstanceOf(Error);
      expect(error).not.toHaveProperty('code');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hush');
    }
  }
});

test('T4 the cause has the error’s name', async () => {
  const source = new CredentialSource('authToken', () => {
    throw new TypeError('hush');
  });

  await expect(source.get(waiting())).rejects.toThrow('TypeError');
});
