import { expect, it } from 'vitest';
import { SPOILED_TOKEN } from '../../src/doctor/spoiled-token.ts';

const parts = SPOILED_TOKEN.split('.');

it('has the form of a JWT, so that servers do not refuse it for its form', () => {
  expect(SPOILED_TOKEN).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  const [header, payload] = parts.slice(0, 2).map((part) => JSON.parse(atob(part)));
  expect(header).toEqual({ alg: 'RS256', typ: 'JWT' });
  expect(payload).toEqual({ sub: 'bankside-doctor', exp: 1 });
});

it('is signed by nobody', () => {
  expect(atob(parts[2] ?? '')).toContain('no signature');
});
