import { describe, expect, it } from 'vitest';
import { checkEventName, checkOptionNames } from '../../src/text/known-names.ts';
import { refusalBy } from '../harness/refusal.ts';

const KNOWN = { timeout: true, signal: true };

function refusal(options: unknown, within?: string) {
  return refusalBy(() => checkOptionNames(options, KNOWN, within));
}

describe('S5 the name of an option', () => {
  it('that nobody knows is an error that names the nearest', () => {
    const error = refusal({ timeout: 5, timeOut: 6 });

    expect(error.message).toBe("option 'timeOut': an unknown name. Did you mean 'timeout'?");
    expect(error.details).toEqual({ option: 'timeOut', expected: "'timeout'", received: 'an unknown name' });
  });

  it('that is near to none is an error that names all', () => {
    const error = refusal({ wish: 1 }, 'retry.');

    expect(error.message).toBe("option 'retry.wish': an unknown name. Expected one of timeout, signal");
    expect(error.details).toEqual({
      option: 'retry.wish',
      expected: 'one of timeout, signal',
      received: 'an unknown name',
    });
  });

  it('counts although its value is undefined', () => {
    expect(refusal({ timeOut: undefined }).details.option).toBe('timeOut');
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', ''])(
    '%j, which objects have, is unknown',
    (name) => {
      expect(refusal(JSON.parse(`{"${name}":1}`)).details.option).toBe(name);
    },
  );

  it('is cut if it is long, and cannot write a second line into a log', () => {
    const error = refusal({ [`a\n${'x'.repeat(1_000_000)}`]: 1 });

    expect(error.details.option).toBe(`a\ufffd${'x'.repeat(62)}`);
    expect(error.message.length).toBeLessThan(150);
  });

  it('says nothing of values', () => {
    expect(JSON.stringify([refusal({ token: 'hush' }), refusal({ token: 'hush' }).message])).not.toContain(
      'hush',
    );
  });

  const inherited = Object.create({ wish: 1 }, { timeout: { value: 5, enumerable: true } });
  const hidden = Object.defineProperty({}, 'wish', { value: 1 });
  const getter = {
    get timeout(): number {
      throw new Error('It was read');
    },
  };
  class Options {
    #own = 1;
    timeout = 5;
    get wish() {
      return this.#own;
    }
  }
  const revocable = Proxy.revocable({}, {});
  revocable.revoke();

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'timeOut'],
    ['a number', 5],
    ['an empty object', {}],
    ['a frozen object', Object.freeze({ timeout: 5 })],
    ['an object without a prototype', Object.assign(Object.create(null), { timeout: 5 })],
    ['an instance of a class', new Options()],
    ['an inherited name', inherited],
    ['a name that is not enumerable', hidden],
    ['a getter, which is not called', getter],
    ['a symbol', { timeout: 5, [Symbol('wish')]: 1 }],
    ['a proxy', new Proxy({ timeout: 5 }, { get: () => 5 })],
    ['a revoked proxy', revocable.proxy],
  ])('is known, or left to other checks: %s', (_what, options) => {
    expect(() => checkOptionNames(options, KNOWN)).not.toThrow();
  });

  it('is found in a frozen object, in an instance and through a proxy', () => {
    for (const options of [
      Object.freeze({ wish: 1 }),
      Object.assign(new Options(), { wish2: 1 }),
      new Proxy({ wish: 1 }, {}),
    ]) {
      expect(refusal(options).details.received).toBe('an unknown name');
    }
  });
});

describe('S5 the name of an event', () => {
  const EVENTS = ['failure', 'reply'];

  it.each([
    ['fail', "call 'on fail': an unknown name. Did you mean 'failure'?"],
    ['Reply', "call 'on Reply': an unknown name. Did you mean 'reply'?"],
    ['wish', "call 'on wish': an unknown name. Expected one of failure, reply"],
    ['', "call 'on ': an unknown name. Expected one of failure, reply"],
  ])('%j is an error', (type, message) => {
    expect(() => checkEventName(type, EVENTS)).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL', message }),
    );
  });

  it.each([undefined, null, 5, Symbol('x'), {}])('that is no string is an error: %o', (type) => {
    expect(() => checkEventName(type, EVENTS)).toThrow(
      expect.objectContaining({
        code: 'INVALID_CALL',
        message: expect.stringContaining('the name of an event'),
      }),
    );
  });

  it('that is known is none', () => {
    for (const type of EVENTS) expect(() => checkEventName(type, EVENTS)).not.toThrow();
  });
});
