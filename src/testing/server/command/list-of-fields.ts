import { WrongFlag } from './wrong-flag.ts';

/** A word, and fields of it: `error,status=503,server=enrich`. */
export interface Worded {
  readonly word: string;
  /** What looks like a number is one, where it is not to be a text. */
  readonly fields: Readonly<Record<string, string | number>>;
}

/** @param texts The fields that are texts, whatever they look like. */
export function readFields(flag: string, text: string, texts: readonly string[] = []): Worded {
  const [word = '', ...rest] = text.split(',').map((part) => part.trim());
  const fields = rest.map((part): [string, string | number] => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      throw new WrongFlag(`${flag} ${text}: after the first word, all are to be like name=value.`);
    }
    const isNumber = !texts.includes(name) && /^\d+(\.\d+)?$/.test(value);
    return [name, isNumber ? Number(value) : value];
  });
  return { word, fields: Object.fromEntries(rest.length ? fields : []) };
}
