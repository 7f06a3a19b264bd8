import { attempt } from '../check.ts';

/**
 * The type that a body names, as it is sent: who decides by it must not be told one type while the server reads another.
 * `undefined` where the text is no JSON object, where it names none, and where parsers may differ: a second `type`, of which
 * some take the first and some the last, or one in other letters (`Type`), which some take for the same.
 *
 * @param parsed What the body is the JSON of, where that is known.
 */
export function sentType(
  body: string,
  parsed: unknown = attempt(() => JSON.parse(body)),
): string | undefined {
  const { type } = Object(parsed) as { readonly type?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(Object(parsed), 'type')) return undefined;
  return namesTypeOnce(body) || countTypes(body) === 1 ? type : undefined;
}

/** The same of an object that is sent as JSON. None where it has the name in other letters too. */
export function typeOfObject(body: object): string | undefined {
  for (const name of Object.keys(body)) {
    if (name.length === 4 && name !== 'type' && name.toLowerCase() === 'type') return undefined;
  }
  const type: unknown = Object.hasOwn(body, 'type') ? (body as { readonly type?: unknown }).type : undefined;
  return typeof type === 'string' ? type : undefined;
}

/** Whether the word stands once in all of the text, as mostly: a look that takes far less time than counting the fields. */
function namesTypeOnce(json: string): boolean {
  if (json.includes('\\')) return false; // there may be others in escapes
  const text = json.toLowerCase();
  return text.indexOf('"type"') === text.lastIndexOf('"type"');
}

/**
 * How many fields at the top of an object are named `type`, in whatever letters or escapes. By hand, as a parsed object has
 * each name once; and without regular expressions, from which any script of the page could read the body.
 *
 * @param json Well-formed.
 */
function countTypes(json: string): number {
  let count = 0;
  let depth = 0;
  /** The last string at the top, with its quotes. */
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
