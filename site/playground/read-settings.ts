import type { Fault } from 'bankside/testing';
import { nearestWord } from '../../src/text/nearest-word.ts';
import { shortText } from '../../src/text/printable.ts';
import { parseFault } from './fault-text.ts';
import { type Choice, FAULT, MOST_FAULTS, PARAMETERS, type Quantity } from './parameters.ts';
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

/** Of reasons. The rest is counted. */
const MOST_SHOWN = 5;
const LONGEST_NAME = 30;
const LONGEST_VALUE = 60;
const LONGEST_REASON = 120;

/** What was found so far. */
interface Found {
  readonly settings: Partial<Record<keyof Settings, unknown>>;
  readonly faults: Fault[];
}

/**
 * Reads the settings from the query of an address, such as `?in=ios&fault=slow,server=enrich,ms=3000`. What is missing or
 * invalid has its default. Of a setting that is there twice, the first counts.
 *
 * @returns Also what was left out: a few words for each, cut and on one line.
 */
export function readSettings(search: string): { settings: Settings; leftOut: readonly string[] } {
  const found: Found = { settings: {}, faults: [] };
  const leftOut: string[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    const reason = take(name, value, found);
    if (reason === undefined) continue;
    const isKnown = name === FAULT || Object.hasOwn(PARAMETERS, name);
    const shown = shortText(name, LONGEST_NAME) + (isKnown ? `=${shortText(value, LONGEST_VALUE)}` : '');
    leftOut.push(`${shown} (${reason})`);
  }
  const more = leftOut.length - MOST_SHOWN;
  return {
    settings: { ...DEFAULTS, ...found.settings, faults: found.faults } as Settings,
    leftOut: more > 0 ? [...leftOut.slice(0, MOST_SHOWN), `${more} more`] : leftOut,
  };
}

/** Takes one setting, or returns why not. */
function take(name: string, value: string, { settings, faults }: Found): string | undefined {
  if (name === FAULT) return takeFault(value, faults);
  const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (!parameter) {
    const nearest = nearestWord(name.slice(0, LONGEST_NAME), [...Object.keys(PARAMETERS), FAULT]);
    return nearest === undefined ? 'not a setting' : `did you mean ${nearest}?`;
  }
  if (settings[parameter.key] !== undefined) return 'given twice';
  if (!('words' in parameter)) return takeNumber(value, parameter, settings);
  if (parameter.words.includes(value)) settings[parameter.key] = value;
  else return whyNoWord(value, parameter);
  return undefined;
}

function takeFault(value: string, faults: Fault[]): string | undefined {
  if (faults.length === MOST_FAULTS) return `more than ${MOST_FAULTS} faults`;
  try {
    faults.push(parseFault(value));
    return undefined;
  } catch (error) {
    return shortText((error as Error).message.replace(/\.$/, ''), LONGEST_REASON);
  }
}

function takeNumber(
  value: string,
  { key, low, high, isWhole }: Quantity,
  settings: Found['settings'],
): string | undefined {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  const isValid = number >= low && number <= high && (!isWhole || Number.isInteger(number));
  if (!isValid) return `not a ${isWhole ? 'whole number' : 'number'} from ${low} to ${high}`;
  settings[key] = number;
  return undefined;
}

function whyNoWord(value: string, { words }: Choice): string {
  const nearest = nearestWord(value.slice(0, LONGEST_NAME), words);
  return nearest === undefined ? 'not a choice' : `did you mean ${nearest}?`;
}
