import { BanksideError } from '../../src/index.ts';

export const SECRET = 'token-of-somebody';

function raise(): never {
  throw new Error(SECRET);
}

/** What a function of the page or the widget may throw, full of secrets, and the kind that an error shows of it. */
export const thrown: readonly (readonly [kind: string, thrown: unknown])[] = [
  ['Error', new Error(SECRET, { cause: SECRET })],
  ['RangeError', Object.assign(new RangeError(SECRET), { config: { headers: { authToken: SECRET } } })],
  ['a value of type object', { name: SECRET, message: SECRET }],
  ['a value of type string', SECRET],
  [
    'BanksideError',
    new BanksideError('HTTP', SECRET, {
      requestId: SECRET,
      server: 'pserver',
      type: SECRET,
      elapsed: 0,
      status: 400,
    }),
  ],
  ['a value of type object', new Proxy({}, { get: raise, has: raise })],
];
