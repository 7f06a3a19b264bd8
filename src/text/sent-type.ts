import { attempt, fieldsOf } from '../check.ts';

/**
 * The `type` in a JSON body. Retries and filters depend on it, so it must be the one that the server reads. `undefined` where
 * the body is not a JSON object, has no type, or where parsers may disagree: with a second `type`, some read the first and some
 * the last; a `Type` in other letters is the same field for some.
 *
 * @param parsed The parsed body, if the caller has it.
 */
export function sentType(
  body: string,
  parsed: unknown = attempt(() => JSON.parse(body)),
): string | undefined {
  const fields = fieldsOf(parsed);
  const { type } = fields;
  if (typeof type !== 'string' || !Object.hasOwn(fields, 'type')) return undefined;
  return namesTypeOnce(body) || countTypes(body) === 1 ? type : undefined;
}

/** The `type` of an object that is sent as JSON. `undefined` also where the object has a `Type` in other letters. */
export function typeOfObject(body: object): string | undefined {
  for (const name of Object.keys(body)) {
    if (name.length === 4 && name !== 'type' && name.toLowerCase() === 'type') return undefined;
  }
  const type = Object.hasOwn(body, 'type') ? fieldsOf(body)['type'] : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** Whether the name occurs once in the whole body, as it nearly always does. Far faster than counting the fields. */
function namesTypeOnce(json: string): boolean {
  if (json.includes('\\')) return false; // an escaped name may be another one
  const text = json.toLowerCase();
  return text.indexOf('"type"') === text.lastIndexOf('"type"');
}

/**
 * Counts the fields named `type` at the top of an object, in any letters and with escapes. Not on the parsed object, which has
 * each name once. Not by a regular expression: any script of the page could then read the body from `RegExp.input`.
 *
 * @param json Well-formed JSON.
 */
function countTypes(json: string): number {
  let count = 0;
  let depth = 0;
  /** The last string at the top level, with its quotes. */
  let last = '';
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '"') {
      const end = endOfString(json, at);
      if (depth === 1) last = json.slice(at, end + 1);
      at = end;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === ':' && depth === 1 && isType(last)) count += 1;
  }
  return count;
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

function isType(name: string): boolean {
  return (JSON.parse(name) as string).toLowerCase() === 'type';
}
