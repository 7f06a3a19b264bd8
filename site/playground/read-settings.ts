import type { Fault } from 'bankside/testing';
import { readFault } from '../../src/testing/faults/read-fault.ts';
import { SCENARIO_NAMES } from '../../src/testing/linxo/scenarios.ts';
import { nearestWord } from '../../src/text/nearest-word.ts';
import { shortText } from '../../src/text/printable.ts';
import type { Settings } from './settings.ts';

export const DEFAULTS: Settings = {
  shownIn: 'browser',
  widget: 'shipped',
  replies: 'object',
  timeout: 4_000,
  faults: [],
  synchronisation: 'success',
  speed: 1,
  seed: 1,
  code: 'vanilla',
};

const WORDS: Readonly<Record<string, readonly [keyof Settings, readonly string[]]>> = {
  in: ['shownIn', ['browser', 'ios', 'android', 'react-native', 'flutter']],
  widget: ['widget', ['shipped', 'a', 'b', 'c', 'd', 'e', 'f']],
  replies: ['replies', ['object', 'json', 'base64']],
  sync: ['synchronisation', [...SCENARIO_NAMES, 'random', 'none']],
  code: ['code', ['vanilla', 'react', 'angular']],
};

const NUMBERS: Readonly<Record<string, readonly [keyof Settings, number, number]>> = {
  timeout: ['timeout', 1, 600_000],
  speed: ['speed', 0.1, 1_000],
  seed: ['seed', 0, 1_000_000_000],
};

/**
 * Reads the settings from the query of an address, such as `?in=ios&fault=slow,server=enrich,ms=3000`. What is missing or
 * invalid has its default.
 *
 * @returns Also what was left out: a few words for each, cut and on one line.
 */
export function readSettings(search: string): { settings: Settings; leftOut: readonly string[] } {
  const found: { -readonly [K in keyof Settings]?: unknown } = {};
  const faults: Fault[] = [];
  const leftOut: string[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    const words = own(WORDS, name);
    const range = own(NUMBERS, name);
    const fault = name === 'fault' ? faultIn(value) : undefined;
    if (words?.[1].includes(value)) found[words[0]] = value;
    else if (range && isWithin(Number(value || NaN), range)) found[range[0]] = Number(value);
    else if (fault) faults.push(fault);
    else leftOut.push(reason(name, value, words?.[1]));
  }
  return { settings: { ...DEFAULTS, ...found, faults } as Settings, leftOut };
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isWithin(value: number, [, low, high]: readonly [unknown, number, number]): boolean {
  return value >= low && value <= high;
}

function faultIn(value: string): Fault | undefined {
  const [kind, ...parts] = value.split(',');
  try {
    const fields = parts.map((part) => {
      const [name = '', text = ''] = part.split('=').map(decodeURIComponent);
      return [name, name === 'type' || text === '' || Number.isNaN(Number(text)) ? text : Number(text)];
    });
    return readFault({ kind, ...Object.fromEntries(fields) });
  } catch {
    return undefined;
  }
}

function reason(name: string, value: string, words: readonly string[] | undefined): string {
  const shown = `${shortText(name, 30)}=${shortText(value, 60)}`;
  const known = [...Object.keys(WORDS), ...Object.keys(NUMBERS), 'fault'];
  const near = known.includes(name) ? nearestWord(value, words ?? []) : nearestWord(name, known);
  if (near) return `${shown} (did you mean ${near}?)`;
  return known.includes(name) ? `${shown} (not valid)` : `${shortText(name, 30)} (not a setting)`;
}
