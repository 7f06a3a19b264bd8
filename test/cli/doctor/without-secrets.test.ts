import { expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/cli/doctor/without-secrets.ts';
import { finding } from '../../../src/doctor/finding.ts';

const TOKEN = 'abcdefgh-ijklmnop';

it.each([
  [`It is "${TOKEN}".`, 'It is "…".'],
  [`${TOKEN}${TOKEN} and ${TOKEN}`, '…… and …'],
  ['It is "abcdefgh-ijk…".', 'It is "……".'],
  ['It is "abcdefgh".', 'It is "…".'],
  ['It is "abcdefg".', 'It is "abcdefg".'],
  ['A short one: 1234.', 'A short one: 1234.'],
  ['A cookie: a=b; c=d', 'A cookie: …'],
])('takes secrets out of what was seen: %s', (seen, clean) => {
  const found = finding({ id: 'no-store', subject: 'linxo', request: `GET ${seen}`, seen });
  const [changed] = withoutSecrets([found], [TOKEN, undefined, '1234', 'a=b; c=d']);
  expect(changed).toEqual({ ...found, seen: clean, request: `GET ${clean}` });
});
