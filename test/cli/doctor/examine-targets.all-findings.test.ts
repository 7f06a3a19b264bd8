import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/doctor/catalogue.ts';
import { FAULTS } from '../../doctor/gateway/faults.ts';

/** It needs a page on another machine: judge-page-address.test.ts proves it. */
const ELSEWHERE = ['insecure-page'];

it('each finding is made by a fault of a test', () => {
  const ofConnections = readFileSync(new URL('examine-targets.connections.test.ts', import.meta.url), 'utf8');
  const found = new Set<string>(FAULTS.flatMap(({ finds }) => finds));
  const missing = Object.keys(CATALOGUE).filter((id) => !found.has(id) && !ofConnections.includes(`'${id}'`));
  expect(missing).toEqual(ELSEWHERE);
});
