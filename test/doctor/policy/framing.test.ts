import { expect, it } from 'vitest';
import { isFramedByAny } from '../../../src/doctor/policy/framing.ts';
import { readPolicies } from '../../../src/doctor/policy/policy.ts';

const PAGE = new URL('https://www.bank.example/accounts');

function isOpen(policies: readonly string[], frameOptions: readonly string[] = []): boolean {
  return isFramedByAny(readPolicies(policies, 'header'), frameOptions, PAGE);
}

it.each([
  [['frame-ancestors *'], []],
  [['frame-ancestors https:'], []],
  [['frame-ancestors http:'], ['DENY']],
  [['frame-ancestors *', "default-src 'none'"], ['SAMEORIGIN']],
  [["default-src 'none'"], []],
  [[], []],
  [[], ['ALLOW-FROM https://portal.bank.example']],
  [[], ['ALLOWALL']],
  [[], ['']],
  [[], ['ALLOW-FROM https://a.example', 'ALLOW-FROM https://b.example']],
])('any website can show a page with %j and X-Frame-Options %j', (policies, frameOptions) => {
  expect(isOpen(policies, frameOptions)).toBe(true);
});

it.each([
  [["frame-ancestors 'none'"], []],
  [["frame-ancestors 'self'"], ['ALLOWALL']],
  [['frame-ancestors'], []],
  [['frame-ancestors https://portal.bank.example *.bank.example'], []],
  [['frame-ancestors *', "frame-ancestors 'self'"], []],
  [["frame-ancestors *, frame-ancestors 'self'"], []],
  [[], ['DENY']],
  [[], ['sameorigin']],
  [[], ['SAMEORIGIN', 'SAMEORIGIN']],
  [[], [' SAMEORIGIN ,sameorigin']],
  [[], ['SAMEORIGIN', 'DENY']],
  [[], ['ALLOW-FROM https://a.example', 'SAMEORIGIN']],
])('not any website can show a page with %j and X-Frame-Options %j', (policies, frameOptions) => {
  expect(isOpen(policies, frameOptions)).toBe(false);
});
