import { attempt, isFunction, isObject, isPlain } from '../check.ts';
import { sentType, typeOfObject } from '../text/sent-type.ts';
import { stringify } from '../text/stringify.ts';

type FieldName = 'json' | 'requestData' | 'requestHeaders' | 'requestId' | 'requestString' | 'type';

/** The fields that a widget's objects may have. */
export type CommandFields = { readonly [K in FieldName]?: unknown };

/** A body as it will be sent. */
export interface SentBody {
  readonly body: string | object;
  /** The type that the body names. */
  readonly type: string | undefined;
  /** The body if it is an object, else its parsed JSON. */
  readonly command: CommandFields | undefined;
}

/** The fields that decide what happens to a body. */
const DECIDING = ['type', 'requestString'] as const;

/** Whether a value can be the body of a request. */
export function isBody(value: unknown): value is string | object {
  return typeof value === 'string' || isObject(value);
}

/** The command object of a body, which may be JSON text. */
export function commandOf(body: unknown): CommandFields | undefined {
  if (isObject(body)) return body;
  return attempt(() => (/^\s*[{[]/.test(body as string) ? JSON.parse(body as string) : undefined));
}

/**
 * @param command What {@link commandOf} returned for the body.
 * @throws What a getter of an object throws, or a TypeError if its JSON is not that of an object.
 */
export function toSentBody(body: string | object, command: CommandFields | undefined): SentBody {
  if (typeof body === 'object') return sentObject(body);
  return { body, command, type: command && sentType(body, command) };
}

/**
 * Retries and filters must see the type that is sent. So an object whose JSON may name another type than its fields is
 * written as JSON at once, and a copy is sent.
 */
function sentObject(body: object): SentBody {
  if (isSteady(body)) return { body, command: body, type: typeOfObject(body) };
  const text = stringify(body);
  const copy: unknown = JSON.parse(text);
  if (!isObject(copy)) throw new TypeError();
  return { body: copy, command: copy, type: sentType(text, copy) };
}

/**
 * Whether an object is a literal whose deciding fields are primitive values, as most are. A proxy may look like a literal
 * here. Therefore `httpTransport` reads the type again, from the text that it sends.
 */
function isSteady(body: object): boolean {
  if (!isPlain(body) || 'toJSON' in body) return false;
  return DECIDING.every((name) => {
    const own = Object.getOwnPropertyDescriptor(body, name);
    if (!own) return true;
    const { value, enumerable } = own;
    const isPrimitive = 'value' in own && !isObject(value) && !isFunction(value);
    return enumerable && isPrimitive && (body as CommandFields)[name] === value;
  });
}
