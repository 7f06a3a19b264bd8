import type { ServerName } from '../index.ts';

export const SERVER_NAMES: readonly ServerName[] = ['pserver', 'enrich', 'ob'];
