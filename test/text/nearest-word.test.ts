import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/text/nearest-word.ts';

const WORDS = [
  'transport',
  'timeout',
  'maxPending',
  'reply',
  'retry',
  'failureReply',
  'queue',
  'signal',
  'ky',
];

describe('S5 the nearest word', () => {
  it.each([
    ['timeOut', 'timeout'],
    ['TIMEOUT', 'timeout'],
    ['timout', 'timeout'],
    ['timeouts', 'timeout'],
    ['timeuot', 'timeout'],
    ['maxPendng', 'maxPending'],
    ['max_pending', 'maxPending'],
    ['signale', 'signal'],
    ['retries', 'retry'],
    ['fail', 'failureReply'],
    ['timeoutInMs', 'timeout'],
    ['key', 'ky'],
    ['ky ', 'ky'],
    ['my-transport', 'transport'],
  ])('of %j is %j', (given, word) => {
    expect(nearestWord(given, WORDS)).toBe(word);
  });

  it.each(['', 'x', 'xx', 'token', 'constructor', '__proto__', 'url', 'ti', '日本語'])(
    'of %j is none',
    (given) => {
      expect(nearestWord(given, WORDS)).toBeUndefined();
    },
  );

  it('is the one with the fewest edits, else the first', () => {
    expect(nearestWord('resly', WORDS)).toBe('reply');
    expect(nearestWord('resry', WORDS)).toBe('retry');
    expect(nearestWord('sessionX', ['sessionA', 'sessionB'])).toBe('sessionA');
  });

  it('may be one with the same end', () => {
    expect(nearestWord('authToken', ['accessToken', 'user'])).toBe('accessToken');
    expect(nearestWord('accessToken', ['authToken', 'endpoints'])).toBe('authToken');
    expect(nearestWord('key', ['donkey'])).toBeUndefined();
  });

  it('of nothing is none, however short the words are', () => {
    expect(nearestWord('', ['*', 'a'])).toBeUndefined();
  });

  it('of no words is none', () => {
    expect(nearestWord('timeout', [])).toBeUndefined();
  });

  it('is found again after one edit, unless another word is as near', () => {
    fc.assert(
      fc.property(oneEdit(), ({ word, edited }) => {
        const rivals = WORDS.filter((other) => other !== word && areOneEditApart(other, edited));
        fc.pre(rivals.length === 0);
        expect(nearestWord(edited, WORDS)).toBe(word);
      }),
    );
  });
});

/** A known word in which one character was removed, replaced, inserted, or swapped with the next one. */
function oneEdit(): fc.Arbitrary<{ word: string; edited: string }> {
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABC-_0');
  const kind = fc.constantFrom('remove', 'replace', 'insert', 'swap');
  return fc.constantFrom(...WORDS).chain((word) =>
    fc.record({ at: fc.nat(word.length - 1), letter, kind }).map(({ at, letter: other, kind: how }) => {
      const [before, here, next, after] = [
        word.slice(0, at),
        word[at],
        word[at + 1] ?? '',
        word.slice(at + 2),
      ];
      const edited = {
        remove: before + next + after,
        replace: before + other + next + after,
        insert: before + other + here + next + after,
        swap: before + next + here + after,
      };
      return { word, edited: edited[how as keyof typeof edited] };
    }),
  );
}

function areOneEditApart(one: string, other: string): boolean {
  const [from, to] = [one.toLowerCase(), other.toLowerCase()];
  return editsOf(from).includes(to) || editsOf(to).includes(from) || from === to;
}

/** All words that one removal, replacement or swap makes. */
function editsOf(word: string): string[] {
  return [...word].flatMap((_letter, at) => {
    const [before, here, rest] = [word.slice(0, at), word[at], word.slice(at + 1)];
    const swapped = before + rest.slice(0, 1) + here + rest.slice(1);
    const replaced = [...'abcdefghijklmnopqrstuvwxyz-_0'].map((letter) => before + letter + rest);
    return [before + rest, swapped, ...replaced];
  });
}
