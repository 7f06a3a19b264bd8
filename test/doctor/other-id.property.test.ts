import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherId } from '../../src/doctor/other-id.ts';

/** What kind each character is of. */
function kinds(id: string): string {
  return id
    .replace(/\d/g, '0')
    .replace(/[a-f]/g, 'a')
    .replace(/[A-F]/g, 'A')
    .replace(/[g-z]/g, 'g')
    .replace(/[G-Z]/g, 'G');
}

const alphabet = (characters: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 40 });

describe('an id that does not exist', () => {
  it('differs, and has characters of the same kinds', () => {
    fc.assert(
      fc.property(alphabet('0123456789abcdefABCDEFghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ-_.'), (id) => {
        fc.pre(/[\da-z]/i.test(id) && !/^0+$/.test(id));
        const other = otherId(id) ?? '';
        expect(other).not.toBe(id);
        expect(kinds(other)).toBe(kinds(id));
      }),
    );
  });

  it.each([
    ['hexadecimal numbers', '0123456789abcdef'],
    ['Base58', '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'],
    ['Base32 of Crockford', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'],
    ['numbers', '0123456789'],
  ])('is of the same alphabet: %s', (_name, characters) => {
    fc.assert(
      fc.property(alphabet(characters), (id) => {
        const other = otherId(id) ?? '';
        fc.pre(other !== '');
        // An id of digits alone may be a number, whatever its alphabet: see below.
        const allowed = /^\d+$/.test(id) ? '0' : characters;
        expect([...other].every((character) => allowed.includes(character))).toBe(true);
        expect(other).toHaveLength(id.length);
      }),
    );
  });

  it('keeps the version and the variant of a UUID', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(otherId(id)?.slice(0, 24)).toBe(id.slice(0, 24));
      }),
    );
  });

  it('is the number 0 of a number, which is never too large, nor the id of another queue', () => {
    expect(['1042', '9', '9223372036854775807'].map(otherId)).toEqual(['0000', '0', '0'.repeat(19)]);
  });

  it('does not exist if the id itself is 0', () => {
    expect(['0', '000'].map(otherId)).toEqual([undefined, undefined]);
  });

  it('differs also where there is no letter and no digit', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (id) => otherId(id) !== id));
  });
});
