import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/doctor/catalogue.ts';
import { finding } from '../../src/doctor/finding.ts';
import type { FindingId } from '../../src/doctor/finding-id.ts';

const ids = Object.keys(CATALOGUE) as FindingId[];

it.each(ids)('says in sentences what %s does, and what to do', (id) => {
  const { effect, advice } = CATALOGUE[id];
  for (const words of [effect, advice]) {
    expect(words).toMatch(/^(?:[A-Z`]|httpTransport).*\.$/);
    expect(words).not.toMatch(/ {2}|\.\.|\n/);
    expect(words.length).toBeLessThanOrEqual(180);
  }
});

it('names error codes that there are', () => {
  const errors = readFileSync('src/errors.ts', 'utf8');
  const words = ids.flatMap((id) => CATALOGUE[id].effect.match(/\b[A-Z]{4,}(?:_[A-Z]+)*\b/g) ?? []);
  const codes = [...new Set(words)].filter((word) => word !== 'HTML' && word !== 'JSON');
  expect(codes).toContain('NETWORK');
  for (const code of codes) expect(errors).toMatch(new RegExp(`^  ${code}: `, 'm'));
});

it('shows how to end what a header ends', () => {
  const origin = 'https://www.bank.example';
  const known = { origin, names: ['authToken'], directive: "connect-src 'self'" };
  const headers = Object.fromEntries(
    ids.map((id) => [
      id,
      finding({ id, subject: 'linxo', request: 'GET /', seen: 'It.', remedy: known }).header,
    ]),
  );
  expect(headers).toMatchObject({
    'answer-origin': `Access-Control-Allow-Origin: ${origin}`,
    'preflight-lifetime': 'Access-Control-Max-Age: 7200',
    'no-store': 'Cache-Control: no-store',
    vary: 'Vary: Origin',
  });
});

it.each(['location-hidden', 'retry-after-hidden', 'retry-after-not-listed', 'date-hidden'] as const)(
  'shows the whole list of headers to expose: %s',
  (id) => {
    const { header, fixes } = finding({ id, subject: 'linxo', request: 'GET /', seen: 'It.' });
    expect(header).toBe('Access-Control-Expose-Headers: Location, Retry-After, Date');
    expect(fixes?.envoy).toContain('expose_headers: "Location, Retry-After, Date"');
  },
);

it('shows no lines that need an origin where there is none', () => {
  const { header, fixes } = finding({ id: 'answer-origin', subject: 'ob', request: 'POST /ob', seen: 'It.' });
  expect({ header, fixes }).toEqual({});
});
