import { expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/cli/doctor/without-secrets.ts';

const TOKEN = 'abcdefgh-ijklmnop';
const ORIGIN = 'https://www.bank.example';

it.each([
  [`It is "${TOKEN}".`, 'It is "…".'],
  [`It is "${TOKEN.toUpperCase()}".`, 'It is "…".'],
  [`${TOKEN}${TOKEN} and ${TOKEN}`, '…… and …'],
  ['It is abcdefgh.', 'It is abcdefgh.'],
  ['A short one, which a sentence may have: Origin.', 'A short one, which a sentence may have: Origin.'],
  [`The page is ${ORIGIN}, and it is ${ORIGIN}a.`, `The page is ${ORIGIN}, and it is ${ORIGIN}a.`],
])('takes secrets out of what was seen: %s', (seen, clean) => {
  expect(withoutSecrets(seen, [TOKEN, 'origin', ORIGIN], ORIGIN)).toBe(clean);
});

it('changes nothing where there are no secrets', () => {
  expect(withoutSecrets('It is 204.', [], ORIGIN)).toBe('It is 204.');
});
