import { expect, it } from 'vitest';
import { siteOf } from '../../../src/cli/doctor/same-site.ts';

it.each([
  ['https://www.bank.example', 'https://www.bank.example/api', 'same-origin'],
  ['https://www.bank.example', 'https://www.bank.example:8443', 'same-site'],
  ['https://www.bank.example', 'https://api.eu.bank.example', 'same-site'],
  ['https://bank.example', 'https://api.bank.example', 'same-site'],
  ['https://www.bank.example', 'https://gateway.example', 'cross-site'],
  ['http://www.bank.example', 'https://www.bank.example', 'cross-site'],
  ['https://www.bank.co.uk', 'https://api.bank.co.uk', 'same-site'],
  ['https://www.bank.co.uk', 'https://api.other.co.uk', 'cross-site'],
  ['http://localhost:3000', 'http://localhost:4000', 'same-site'],
  ['http://127.0.0.1:3000', 'http://127.0.0.2:3000', 'cross-site'],
  ['null', 'https://www.bank.example', 'cross-site'],
  ['capacitor://localhost', 'https://www.bank.example', 'cross-site'],
] as const)('a page of %s sends to %s: %s', (origin, url, site) => {
  expect(siteOf(new URL(url), origin)).toBe(site);
});
