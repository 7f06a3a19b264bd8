import type { Fault } from 'bankside/testing';
import { DEFAULTS } from './read-settings.ts';
import type { Settings } from './settings.ts';

const NAMES = [
  ['in', 'shownIn'],
  ['widget', 'widget'],
  ['replies', 'replies'],
  ['timeout', 'timeout'],
  ['sync', 'synchronisation'],
  ['speed', 'speed'],
  ['seed', 'seed'],
  ['code', 'code'],
] as const;

/** Writes settings as the query of an address, without what has its default. */
export function writeSettings(settings: Settings): string {
  const query = new URLSearchParams();
  for (const [name, key] of NAMES) {
    if (settings[key] !== DEFAULTS[key]) query.append(name, String(settings[key]));
  }
  for (const fault of settings.faults) query.append('fault', faultText(fault));
  return query.toString().replaceAll('%2C', ',').replaceAll('%3D', '=');
}

function faultText({ kind, ...fields }: Fault): string {
  const parts = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return [kind, ...parts].join(',');
}
