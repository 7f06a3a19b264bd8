import { WrongFlag } from './wrong-flag.ts';

/** A word, and fields of it: `error,status=503,server=enrich`. */
export interface Worded {
  readonly word: string;
  /** What looks like a number is one. */
  readonly fields: Readonly<Record<string, string | number>>;
}

export function readFields(flag: string, text: string): Worded {
  const [word = '', ...rest] = text.split(',').map((part) => part.trim());
  const fields = rest.map((part): [string, string | number] => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      throw new WrongFlag(`${flag} ${text}: after the first word, all are to be like name=value.`);
    }
    return [name, /^\d+(\.\d+)?$/.test(value) ? Number(value) : value];
  });
  return { word, fields: Object.fromEntries(rest.length ? fields : []) };
}
