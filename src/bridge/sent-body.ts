import { sentType, typeOfObject } from '../text/sent-type.ts';
import { stringify } from '../text/stringify.ts';
import { isPlain } from './copy-plain.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A body as it will be sent. */
export interface SentBody {
  readonly body: string | object;
  /** The type that it names. */
  readonly type: string | undefined;
  /** The object that it is, or that its text is the JSON of. */
  readonly command: Fields | undefined;
}

/** The names of fields that say what is to be done with a body. */
const DECIDING = ['type', 'requestString'];

/** A body of text travels as it is. @param command What it is the JSON of. */
export function sentText(body: string, command: Fields | undefined): SentBody {
  return { body, command, type: command && sentType(body, command) };
}

/**
 * A body that is an object. Code that decides by its type must not be told one type while another is written: what can
 * say one thing now and another when it is written is written at once, and that is sent.
 *
 * @throws What the body itself throws, or a TypeError where its JSON is that of no object.
 */
export function sentObject(body: object): SentBody {
  if (isSteady(body)) return { body, command: body as Fields, type: typeOfObject(body) };
  const text = stringify(body);
  const copy: unknown = JSON.parse(text);
  if (typeof copy !== 'object' || copy === null) throw new TypeError();
  return { body: copy, command: copy as Fields, type: sentType(text, copy) };
}

/**
 * Whether an object is a literal whose deciding fields are plain text or numbers, as mostly: such a one is sent itself.
 * What no script can tell from a literal is a proxy that changes its answers: `httpTransport` reads the type once more
 * from the text that it sends.
 */
function isSteady(body: object): boolean {
  if (!isPlain(body) || 'toJSON' in body) return false;
  return DECIDING.every((name) => {
    const own = Object.getOwnPropertyDescriptor(body, name);
    if (!own) return true;
    const { value, enumerable } = own;
    return enumerable && 'value' in own && Object(value) !== value && (body as Fields)[name] === value;
  });
}
