import { attempt } from './attempt.ts';

/** The names of the language, of browsers and of libraries look like this; a token does not. */
const NAME = /^[A-Z][A-Za-z]{0,40}(Error|Exception)$|^Error$/;

/**
 * What a function of the page's or of the widget's threw, by its kind alone, for the `cause` of an error: its words and
 * fields are those of others, and may hold a token, a header or a body. No stack either, as that begins with the words.
 */
export function kindOf(thrown: unknown): Error {
  const name = attempt(() => (thrown as Error | undefined)?.name);
  const kind = typeof name === 'string' && NAME.test(name) ? name : undefined;
  const error = new Error(
    `The function threw ${kind ?? `a value of type ${typeof thrown}`}. No more is told of it`,
  );
  // Not assigned: an `Error.prototype` that a page has frozen forbids that.
  Object.defineProperty(error, 'name', { value: kind ?? 'Error', configurable: true });
  return error;
}
