import * as z from 'zod/mini';
import { read } from '../../read.ts';

/** A word, and fields of it: `error,status=503,server=enrich`. */
export interface Worded {
  readonly word: string;
  /** What looks like a number is one, where it is not to be a text. */
  readonly fields: Readonly<Record<string, string | number>>;
}

const WORDED = z.tuple([z.string()], z.string().check(z.regex(/^\w+=/, 'like name=value')));

/** @param texts The fields that are texts, whatever they look like. */
export function readFields(text: string, texts: readonly string[] = []): Worded {
  const parts = text.split(',').map((part) => part.trim());
  const [word, ...rest] = read<[string, ...string[]]>(WORDED, parts, () => 'what follows the first word');
  const fields = rest.map((part): [string, string | number] => {
    const [name = ''] = part.split('=', 1);
    const value = part.slice(name.length + 1);
    const isNumber = !texts.includes(name) && /^\d+(\.\d+)?$/.test(value);
    return [name, isNumber ? Number(value) : value];
  });
  return { word, fields: Object.fromEntries(fields) };
}
