import fc from 'fast-check';
import { expect } from 'vitest';
import { type AnyBanksideError, isBanksideError } from '../../src/index.ts';

/** Stands for a token, or an account number: found in no error. */
export const SECRET = 'S3CR3T-41f0';

/** Texts that have hurt parsers before. */
const NASTY = [
  '',
  ' ',
  '\0',
  '\ud83c',
  '\udfe6x',
  '\u2028',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '.',
  '../../x',
  '%',
  '%2e%2e',
  'null',
  '[]',
  '{}',
  '"',
  '-0',
  '1e999',
  'NaN',
  SECRET,
  '[1',
  '='.repeat(9),
];

export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(...NASTY),
);

/** As it comes over a wire: keys that pollute prototypes are own ones here. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(text, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(text, tie('value')), { maxLength: 4 })
      .map((entries) =>
        JSON.parse(
          `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
        ),
      ),
  ),
})).value;

/** So deep that an engine's own functions give up. */
function abyss(): unknown {
  let value: unknown = SECRET;
  for (let level = 0; level < 20_000; level += 1) value = level % 2 ? [value] : { value };
  return value;
}

/** What only code on the same page can hand over. */
const unkind: Readonly<Record<string, () => unknown>> = {
  throws: () =>
    new Proxy({}, { get: throws, has: throws, ownKeys: throws, getOwnPropertyDescriptor: throws }),
  revoked() {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  circle() {
    const circle: Record<string, unknown> = { requestString: SECRET };
    circle['json'] = circle;
    return circle;
  },
  symbol: () => Symbol(SECRET),
  bigint: () => 41n,
  function: () => () => SECRET,
  date: () => new Date(Number.NaN),
  map: () => new Map([['requestId', '1']]),
  response: () => new Response(SECRET),
};

function throws(): never {
  throw new Error(SECRET);
}

/** Some of it is made when it is used, as fast-check itself can't hold it. */
export class Anything {
  readonly #given: unknown;
  readonly #kind: string | undefined;

  constructor(given: unknown, kind?: string) {
    this.#given = given;
    this.#kind = kind;
  }

  get value(): unknown {
    const make = this.#kind === 'abyss' ? abyss : unkind[this.#kind ?? ''];
    return make ? make() : this.#given;
  }

  toString(): string {
    return this.#kind ?? fc.stringify(this.#given);
  }
}

export const anything: fc.Arbitrary<Anything> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .oneof(
        json,
        json.map((value) => JSON.stringify(value)),
        fc.anything({ withNullPrototype: true, withBigInt: true }),
        text,
      )
      .map((given) => new Anything(given)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...Object.keys(unkind)).map((kind) => new Anything(undefined, kind)),
  },
  {
    weight: 1,
    arbitrary: fc.nat(30).map((dice) => (dice ? new Anything('') : new Anything(undefined, 'abyss'))),
  },
);

/** A wire's own: what can be written as JSON, and now and then so deep that it can't be written again. */
export const answerText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(10, 20_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
);

/** An object that is nearly right: some of its fields are, and some are anything. */
export function nearly(right: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const wrong = fc.dictionary(fc.constantFrom(...Object.keys(right)), json, {
    noNullPrototype: true,
    maxKeys: 2,
  });
  const missing = fc.array(fc.constantFrom(...Object.keys(right)), { maxLength: 1 });
  const nothing = fc.constant([]);
  const faults = fc.oneof(
    fc.tuple(fc.constant({}), nothing),
    fc.tuple(wrong, nothing),
    fc.tuple(wrong, missing),
  );
  return faults.map(([fields, left]) => {
    const made: Record<string, unknown> = { ...right, ...fields };
    for (const name of left) delete made[name];
    return made;
  });
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, Map.prototype];
const before = prototypes.map((prototype) => Reflect.ownKeys(prototype).length);

/** After every run. */
export function expectCleanPrototypes(): void {
  expect(prototypes.map((prototype) => Reflect.ownKeys(prototype).length)).toEqual(before);
}

/** Ours, and without a word of what came but the ids and names that errors are to tell. */
export function expectDiscreet(error: unknown): void {
  expect(isBanksideError(error)).toBe(true);
  const { message, details } = error as AnyBanksideError;
  const { requestId, type, queueId, ...rest } = { requestId: 0, type: '', queueId: '', ...details };
  expect(`${message} ${JSON.stringify(rest)}`).not.toContain(SECRET);
}
