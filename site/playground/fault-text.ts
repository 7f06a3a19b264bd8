import type { Fault } from 'bankside/testing';
import { FAULT_KINDS, readFault } from '../../src/testing/faults/read-fault.ts';
import { nearestWord } from '../../src/text/nearest-word.ts';

/** Writes a fault with all its fields, such as `slow,ms=3000,server=enrich`. */
export function writeFault({ kind, ...fields }: Fault): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeCommas(String(value))}`);
  return [kind, ...parts].join(',');
}

/**
 * Reads what `writeFault` has written.
 *
 * @throws Error with a few words that say what is wrong. They may quote the text.
 */
export function parseFault(text: string): Fault {
  const [kind = '', ...parts] = text.split(',');
  if (!Object.hasOwn(FAULT_KINDS, kind)) {
    const nearest = nearestWord(kind.slice(0, LONGEST_KIND), Object.keys(FAULT_KINDS));
    throw new Error(nearest === undefined ? 'not a fault' : `did you mean ${nearest}?`);
  }
  return readFault({ kind, ...Object.fromEntries(parts.map(parseField)) });
}

/** In a word that is much longer, nobody has only mistyped something. */
const LONGEST_KIND = 40;

function parseField(part: string): [name: string, value: string | number] {
  const [name = '', ...rest] = part.split('=');
  const value = unescapeCommas(rest.join('='));
  // A type is a string, even one of digits.
  const isNumber = name !== 'type' && value !== '' && !Number.isNaN(Number(value));
  return [name, isNumber ? Number(value) : value];
}

function escapeCommas(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C');
}

function unescapeCommas(value: string): string {
  return value.replaceAll('%2C', ',').replaceAll('%25', '%');
}
