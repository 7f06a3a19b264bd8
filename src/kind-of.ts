import { attempt } from './attempt.ts';

/** The names of the language, of browsers and of libraries look like this; a token does not. */
const NAME = /^[A-Z][A-Za-z]{0,40}(Error|Exception)$|^Error$/;

/**
 * What a function of the page's or of the widget's threw, by its kind alone, for the `cause` of an error: its words and
 * fields are those of others, and may hold a token, a header or a body. No stack either, as that begins with the words.
 */
export function kindOf(thrown: unknown): Error {
  const kind = errorName(thrown);
  const what = kind ?? `a value of type ${typeof thrown}`;
  return namedError(kind, `The function threw ${what}. No more is told of it`);
}

/** The name of an error, if it is one that errors have. */
export function errorName(thrown: unknown): string | undefined {
  const name = attempt(() => (thrown as Error | undefined)?.name);
  return typeof name === 'string' && NAME.test(name) ? name : undefined;
}

/** An error of that name. */
export function namedError(name: string | undefined, message: string, options?: ErrorOptions): Error {
  const error = new Error(message, options);
  // Not assigned: an `Error.prototype` that a page has frozen forbids that.
  return Object.defineProperty(error, 'name', { value: name ?? 'Error', configurable: true });
}
