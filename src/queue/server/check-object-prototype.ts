import { invalidOption } from '../../check.ts';

/**
 * Old libraries add functions to `Object.prototype` that `for…in` finds in every object. zod reads them as its own fields,
 * and its error does not name the cause.
 *
 * @throws INVALID_OPTIONS
 */
export function checkObjectPrototype(): void {
  for (const name in {}) {
    const expected =
      'no property that for…in finds in every object (define it as one that is not enumerable)';
    throw invalidOption('Object.prototype', expected, `'${name}', which a script of the page has added`);
  }
}
