import { describe, expect, it } from 'vitest';
import { jsonCopy } from '../../src/text/json-copy.ts';

class JQuery {
  readonly 0: object;
  readonly length = 1;
  constructor(element: object) {
    this[0] = element;
  }
}
Object.assign(JQuery.prototype, { jquery: '3.5.1' });

class Node {}
class Element extends Node {
  get nodeType(): number {
    return 1;
  }
}

const throwing = Object.defineProperty({ n: 1 }, 'bad', {
  enumerable: true,
  get() {
    throw new Error('odd');
  },
});

describe('N1 of what a widget passes, what JSON can say is kept', () => {
  it.each<[string, unknown, unknown]>([
    ['text', 'ż🏦', 'ż🏦'],
    ['null', null, null],
    ['false', false, false],
    ['nested objects and lists', { a: [{ b: [null, 1.5] }] }, { a: [{ b: [null, 1.5] }] }],
    ['a date', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['what an object says for itself', { x: { toJSON: (key: string) => `my ${key}` } }, { x: 'my x' }],
    ['an object that says itself', { toJSON: undefined, n: 1 }, { n: 1 }],
    [
      'text and number as objects',
      { t: Object('t'), n: Object(1), b: Object(false) },
      { t: 't', n: 1, b: false },
    ],
    ['an instance of a class', Object.assign(new Node(), { id: 'i1' }), { id: 'i1' }],
    ['data with names that elements have', { nodeType: 1, jquery: 'x' }, { nodeType: 1, jquery: 'x' }],
    ['data without a prototype', Object.assign(Object.create(null), { nodeType: 1 }), { nodeType: 1 }],
  ])('N1 %s', (_what, value, told) => {
    expect(jsonCopy(value)).toEqual(told);
    expect(JSON.parse(JSON.stringify(jsonCopy(value)))).toEqual(told);
  });

  it('N1 the same object in two places, in both', () => {
    const payload = { insightId: 'i1' };

    expect(jsonCopy({ one: payload, other: [payload] })).toEqual({ one: payload, other: [payload] });
  });

  it('N1 names that pollute, as data', () => {
    const told = jsonCopy(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"p":1}}}'));

    expect(JSON.stringify(told)).toBe('{"__proto__":{"polluted":1},"constructor":{"prototype":{"p":1}}}');
    expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('N1 as it is now', () => {
    const value = { deep: { n: 1 } };
    const told = jsonCopy(value);
    value.deep.n = 2;

    expect(told).toEqual({ deep: { n: 1 } });
  });
});

describe('N1 only what JSON cannot express is left out', () => {
  const loop: Record<string, unknown> = { n: 1 };
  Object.assign(loop, { self: loop, list: [loop, 2], deep: { back: { again: loop } } });

  it.each<[string, unknown, unknown]>([
    ['a function', { onSuccess: () => {}, n: 1 }, { n: 1 }],
    ['an element', { el: Object.assign(new Element(), { own: 1 }), n: 1 }, { n: 1 }],
    ['a list of jQuery’s', { clickedTeaser: new JQuery(new Element()), n: 1 }, { n: 1 }],
    ['a reference back', loop, { n: 1, list: [null, 2], deep: { back: {} } }],
    ['a big integer, a symbol, what is undefined', { a: 1n, b: Symbol('b'), c: undefined, n: 1 }, { n: 1 }],
    ['in a list, by null', [() => {}, 1n, undefined, new Element(), 1], [null, null, null, null, 1]],
    ['a hole in a list', Array.from({ length: 2, 1: 'x' }), [null, 'x']],
    ['a getter that throws', { throwing, m: 2 }, { throwing: { n: 1 }, m: 2 }],
    [
      'a toJSON that throws',
      {
        x: {
          toJSON() {
            throw new Error('odd');
          },
        },
        n: 1,
      },
      { n: 1 },
    ],
    [
      'what refuses to be looked at',
      {
        x: new Proxy(
          {},
          {
            ownKeys() {
              throw new Error('odd');
            },
          },
        ),
        n: 1,
      },
      { n: 1 },
    ],
  ])('N1 %s', (_what, value, told) => {
    expect(jsonCopy(value)).toEqual(told);
    expect(JSON.stringify(jsonCopy(value))).toBe(JSON.stringify(told));
  });

  it.each([
    ['a function', () => {}],
    ['a big integer', 1n],
    ['nothing', undefined],
    ['an element', new Element()],
    ['a revoked proxy', revoked()],
  ])('N1 where there is nothing else, all: %s', (_what, value) => {
    expect(jsonCopy(value)).toBeUndefined();
  });

  it('N1 an object that says what holds itself, without end', () => {
    const endless = { n: 1, toJSON: () => ({ n: 1, endless }) };

    expect(jsonCopy({ endless, m: 2 })).toMatchObject({ endless: { n: 1 }, m: 2 });
  });

  it('N1 objects that all refer to each other: it comes to an end, and what came first is there', () => {
    const all: Record<string, unknown>[] = Array.from({ length: 30 }, () => ({}));
    for (const one of all) Object.assign(one, all);

    expect(jsonCopy({ eventType: 'teaserClick', all })).toMatchObject({ eventType: 'teaserClick' });
  });

  it.each([101, 1_000, 3_000, 5_000, 10_000, 100_000])(
    'N1 what is deeper than 100 levels, of %i: the same in each engine',
    (levels) => {
      let deep: object = { end: true };
      for (let level = 1; level < levels; level += 1) deep = level % 2 ? [deep] : { deep };
      const told = jsonCopy({ before: 1, deep, after: 2 });

      expect(told).toMatchObject({ before: 1, after: 2 });
      expect(JSON.stringify(told).match(/[[{]/g)).toHaveLength(100);
    },
  );

  it('N1 100 levels are kept', () => {
    let deep: object = { end: true };
    for (let level = 1; level < 100; level += 1) deep = { deep };

    expect(jsonCopy(deep)).toEqual(deep);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
