import { createContext, runInContext } from 'node:vm';

type Make = () => unknown;

const boom = (): never => {
  throw new TypeError('This value answers no question');
};

const traps: (keyof ProxyHandler<object>)[] = [
  'get',
  'getOwnPropertyDescriptor',
  'getPrototypeOf',
  'has',
  'isExtensible',
  'ownKeys',
];

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function withGetter(target: object, name: PropertyKey): unknown {
  return Object.defineProperty(target, name, { get: boom, enumerable: true });
}

const brand = Symbol.for('bankside.error');

/** Answers one question as an error of this package would, and no other. */
const pretender: Make = () => {
  return new Proxy({}, { has: () => true, get: (_target, name) => (name === brand ? true : boom()) });
};

/** What a function of a page, a widget or an app may throw or reject with, and what makes it. */
const makers: Readonly<Record<string, Make>> = {
  undefined: () => undefined,
  null: () => null,
  'a symbol': () => Symbol('x'),
  'a big integer': () => 5n,
  'a number': () => Number.NaN,
  'a string': () => 'x',
  'a function': () => () => undefined,
  'a frozen object': () => Object.freeze({ code: 'x', message: 5 }),
  'an object without a prototype': () => Object.create(null),
  'a frozen error': () => Object.freeze(new Error('x')),
  'an error of another realm': () => runInContext('new TypeError("x")', createContext()),
  'an error of the page’s own class': () => new (class Unauthorized extends Error {})('x'),
  'an error that is its own cause': () => {
    const error = new Error('x');
    error.cause = error;
    return error;
  },
  ...Object.fromEntries(
    ['name', 'message', 'cause', 'code', 'stack', 'details', 'then', Symbol.toStringTag].map((name) => [
      `an error whose ${String(name)} throws`,
      () => withGetter(new Error('x'), name),
    ]),
  ),
  'an object whose text throws': () => withGetter({}, 'text'),
  'an object whose toJSON throws': () => Object.defineProperty({}, 'toJSON', { value: boom }),
  'an error whose constructor throws': () => withGetter(new Error('x'), 'constructor'),
  'a thenable whose then throws': () => Object.defineProperty({}, 'then', { value: boom }),
  'a thenable that never settles': () => Object.defineProperty({}, 'then', { value: () => undefined }),
  ...Object.fromEntries(
    traps.map((trap) => [`a proxy whose ${trap} throws`, () => new Proxy({}, { [trap]: boom })]),
  ),
  'a proxy that answers nothing': () => new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, boom]))),
  'a revoked proxy': () => revoked({}),
  'a revoked proxy of a function': () => revoked(() => undefined),
  'what has the brand of an error of this package, and answers nothing else': pretender,
  'a frozen object with that brand alone': () => Object.freeze({ [brand]: true }),
  'an object with that brand and a code, and no details': () => ({ [brand]: true, code: 'NETWORK' }),
};

/** In the order of a table: their names, and what makes a new one. */
export const oddValues: readonly (readonly [name: string, make: Make])[] = Object.entries(makers);
