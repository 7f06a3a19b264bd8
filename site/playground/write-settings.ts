import { writeFault } from './fault-text.ts';
import { FAULT, PARAMETERS } from './parameters.ts';
import { DEFAULTS } from './read-settings.ts';
import type { Settings } from './settings.ts';

/**
 * Writes settings as the query of an address, such as `in=ios&timeout=2000`, without what has its default. Without a `?`: it is
 * empty if all have their defaults.
 */
export function writeSettings(settings: Settings): string {
  const query = new URLSearchParams();
  for (const [name, { key }] of Object.entries(PARAMETERS)) {
    if (settings[key] !== DEFAULTS[key]) query.append(name, String(settings[key]));
  }
  for (const fault of settings.faults) query.append(FAULT, writeFault(fault));
  // Both signs are allowed in a query, and a link is easier to read with them.
  return query.toString().replaceAll('%2C', ',').replaceAll('%3D', '=');
}
