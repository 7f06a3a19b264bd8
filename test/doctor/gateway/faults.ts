import { CORS_FAULTS } from './faults/cors-faults.ts';
import type { Fault } from './faults/fault.ts';
import { PAGE_FAULTS } from './faults/page-faults.ts';
import { PREFLIGHT_FAULTS } from './faults/preflight-faults.ts';
import { SERVER_FAULTS } from './faults/server-faults.ts';
import { WIRE_FAULTS } from './faults/wire-faults.ts';

/** All that can be wrong with a bank. */
export const FAULTS: readonly Fault[] = [
  ...PREFLIGHT_FAULTS,
  ...CORS_FAULTS,
  ...SERVER_FAULTS,
  ...WIRE_FAULTS,
  ...PAGE_FAULTS,
];
