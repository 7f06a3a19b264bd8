import type { EngineName } from './engine.ts';
import { readEngine } from './read-engine.ts';

/** The engine that this run tests pages in: each project of pages names one in `BANKSIDE_ENGINE`. */
export const engineUnderTest: EngineName = readEngine(process.env['BANKSIDE_ENGINE']);
