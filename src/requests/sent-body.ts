import { attempt, isFunction, isObject } from '../check.ts';
import { sentType, typeOfObject } from '../text/sent-type.ts';
import { stringify } from '../text/stringify.ts';
import { isPlain } from './copy-plain.ts';

/** The fields that a widget's objects may have. */
export type Fields = {
  readonly [K in
    | 'json'
    | 'requestData'
    | 'requestHeaders'
    | 'requestId'
    | 'requestString'
    | 'type']?: unknown;
};

/** A body as it will be sent. */
export interface SentBody {
  readonly body: string | object;
  /** The type that the body names. */
  readonly type: string | undefined;
  /** The body as an object: itself, or its parsed JSON. */
  readonly command: Fields | undefined;
}

/** The fields that decide what happens to a body. */
const DECIDING = ['type', 'requestString'] as const;

/** Whether a value can be the body of a request. */
export function isBody(value: unknown): value is string | object {
  return typeof value === 'string' || isObject(value);
}

/** The command object of a body, which may be JSON text. */
export function commandOf(body: unknown): Fields | undefined {
  if (isObject(body)) return body;
  return attempt(() => (/^\s*[{[]/.test(body as string) ? JSON.parse(body as string) : undefined));
}

/**
 * @param command As {@link commandOf} reads the body.
 * @throws What an object itself throws, or a TypeError where its JSON is not that of an object.
 */
export function toSentBody(body: string | object, command: Fields | undefined): SentBody {
  if (typeof body === 'object') return sentObject(body);
  return { body, command, type: command && sentType(body, command) };
}

/**
 * Code that decides by the type must see the type that is sent. So an object whose JSON may differ from what it shows
 * now is written at once, and that copy is sent.
 */
function sentObject(body: object): SentBody {
  if (isSteady(body)) return { body, command: body, type: typeOfObject(body) };
  const text = stringify(body);
  const copy: unknown = JSON.parse(text);
  if (!isObject(copy)) throw new TypeError();
  return { body: copy, command: copy, type: sentType(text, copy) };
}

/**
 * Whether an object is a literal whose deciding fields are primitive values, as most are. A proxy that changes its
 * answers looks like a literal here: `httpTransport` therefore reads the type again, from the text that it sends.
 */
function isSteady(body: object): boolean {
  if (!isPlain(body) || 'toJSON' in body) return false;
  return DECIDING.every((name) => {
    const own = Object.getOwnPropertyDescriptor(body, name);
    if (!own) return true;
    const { value, enumerable } = own;
    const isPrimitive = 'value' in own && !isObject(value) && !isFunction(value);
    return enumerable && isPrimitive && (body as Fields)[name] === value;
  });
}
