import type { EngineName } from './executables.js';

/** Installs the missing Debian packages of these engines, if this process may. */
export function installMissing(engines: readonly EngineName[]): void;
