import type { EngineName } from './executables.js';

/** Installs Debian's packages for what these engines lack, where this process may. */
export function installMissing(engines: readonly EngineName[]): void;
