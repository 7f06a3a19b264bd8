import { expect, it } from 'vitest';
import { judgePageAddress } from '../../../src/cli/doctor/judge-page-address.ts';
import { createQuote } from '../../../src/cli/doctor/quote.ts';

function judge(address: string, origin: string, asked = address): readonly object[] {
  const found = judgePageAddress(new URL(address), {
    request: 'GET /, the page',
    origin,
    asked: new URL(asked),
    quote: createQuote([]),
  });
  return found.map(({ id, severity, seen }) => [id, severity, seen]);
}

it.each([
  ['https://www.bank.example/accounts', 'https://www.bank.example'],
  ['http://localhost:4200/', 'http://localhost:4200'],
  ['http://127.0.0.1:4200/', 'http://127.0.0.1:4200'],
  ['https://www.bank.example/accounts', 'null'],
  ['https://www.bank.example/accounts', 'capacitor://localhost'],
])('%s is right for the origin %s', (address, origin) => {
  expect(judge(address, origin)).toEqual([]);
});

it('plain HTTP is a warning, not on this machine', () => {
  expect(judge('http://intranet.bank.example/accounts', 'http://intranet.bank.example')).toEqual([
    ['insecure-page', 'warning', 'The page is at "http://intranet.bank.example", which is plain HTTP.'],
  ]);
});

it('another origin is found', () => {
  expect(judge('https://bank.example/', 'https://www.bank.example')).toEqual([
    [
      'page-moved',
      'error',
      'The page is at "https://bank.example", and --origin is https://www.bank.example.',
    ],
  ]);
  expect(judge('https://bank.example/', 'https://www.bank.example', 'http://www.bank.example/')).toEqual([
    [
      'page-moved',
      'error',
      'The address of the page leads to "https://bank.example", and --origin is https://www.bank.example.',
    ],
  ]);
});
