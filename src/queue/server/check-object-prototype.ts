import { invalidOption } from '../../check.ts';

/**
 * Old libraries give all objects functions that `for in` comes across. zod takes those for its own, and says nothing that
 * helps.
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
