import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BanksideError, redactedCause } from '../src/errors.ts';

const secret = 'eyJhbGciOiJIUzI1NiJ9.token';

function told(error: Error): string {
  return [error.name, error.message, error.stack, String(error.cause), JSON.stringify(error)].join('\n');
}

describe('T4 what somebody else’s function threw', () => {
  it.each([
    ['an error of the language', new TypeError(secret), 'TypeError'],
    ['one of a browser', new DOMException(secret, 'AbortError'), 'AbortError'],
    ['one of another frame', runInNewContext(`new RangeError('${secret}')`), 'RangeError'],
    ['one of this package', new BanksideError('NETWORK', secret, {} as never), 'BanksideError'],
    ['one of a library', Object.assign(new Error(secret), { name: 'HTTPError' }), 'HTTPError'],
  ])('keeps its name: %s', (_what, thrown, name) => {
    expect(redactedCause(thrown).name).toBe(name);
    expect(redactedCause(thrown).message).toContain(name);
    expect(told(redactedCause(thrown))).not.toContain(secret);
  });

  it.each([
    ['a string', secret, 'string'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'object'],
    ['an object', { token: secret, name: secret }, 'object'],
    ['a function', () => secret, 'function'],
  ])('is described by its type: %s', (_what, thrown, type) => {
    expect(redactedCause(thrown).message).toContain(`a value of type ${type}`);
    expect(told(redactedCause(thrown))).not.toContain(secret);
  });

  it.each(['Abcdef', 'ErrorToken', 'tokenError', `${'A'.repeat(60)}Error`, 'A b Error', 'Error\nError'])(
    'does not keep a name that no error has: %j',
    (name) => {
      expect(told(redactedCause(Object.assign(new Error(), { name })))).not.toContain(name);
    },
  );

  it('S4 throws for nothing', () => {
    const hostile = Object.defineProperty({}, 'name', {
      get: () => {
        throw new Error(secret);
      },
    });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const thrown of [hostile, revoked.proxy]) expect(told(redactedCause(thrown))).not.toContain(secret);
  });

  it('T5 also on a page that has frozen Error.prototype', () => {
    const name = Object.getOwnPropertyDescriptor(Error.prototype, 'name') as PropertyDescriptor;
    Object.defineProperty(Error.prototype, 'name', { value: 'Error', writable: false });
    try {
      expect(redactedCause(new TypeError()).name).toBe('TypeError');
    } finally {
      Object.defineProperty(Error.prototype, 'name', name);
    }
  });
});
