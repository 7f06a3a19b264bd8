import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { BanksideError, isBanksideError } from '../src/index.ts';

const details = { requestId: 'r1', server: 'ob', type: 'getAccounts', elapsed: 5 } as const;

describe('BanksideError', () => {
  it('is an Error with a code, details and a cause', () => {
    const cause = new TypeError('x');
    const error = new BanksideError('NETWORK', 'The transport failed', details, { cause });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'BanksideError', code: 'NETWORK', details, cause });
    expect(error.message).toBe('The transport failed');
    expect(error.stack).toContain('errors.test');
    expect(`${error}`).toBe('BanksideError: The transport failed');
  });

  it('has no cause that nobody gave', () => {
    expect(Object.hasOwn(new BanksideError('NETWORK', 'x', details), 'cause')).toBe(false);
  });

  it('shows its code and details when it is printed', () => {
    const printed = inspect(new BanksideError('NETWORK', 'x', details));

    expect(printed).toContain("code: 'NETWORK'");
    expect(printed).toContain("type: 'getAccounts'");
  });

  it('survives a subclass', () => {
    class Own extends BanksideError<'NETWORK'> {}

    expect(isBanksideError(new Own('NETWORK', 'x', details), 'NETWORK')).toBe(true);
  });
});

describe('isBanksideError', () => {
  it('knows its own, and of which code', () => {
    const error = new BanksideError('NETWORK', 'x', details);

    expect(isBanksideError(error)).toBe(true);
    expect(isBanksideError(error, 'NETWORK')).toBe(true);
    expect(isBanksideError(error, 'HTTP')).toBe(false);
  });

  it('knows those of another copy of the package on the page, and they know its own', async () => {
    vi.resetModules();
    const copy = await import('../src/errors.ts');
    expect(copy.BanksideError).not.toBe(BanksideError);

    expect(isBanksideError(new copy.BanksideError('NETWORK', 'x', details), 'NETWORK')).toBe(true);
    expect(copy.isBanksideError(new BanksideError('NETWORK', 'x', details), 'NETWORK')).toBe(true);
  });

  it.each([
    undefined,
    null,
    'NETWORK',
    5,
    true,
    Symbol('x'),
    {},
    [],
    new Error('x'),
    Object.assign(new Error('x'), { name: 'BanksideError', code: 'NETWORK', details }),
    Object.create(null),
    () => undefined,
  ])('does not recognise %o as one', (value) => {
    expect(isBanksideError(value)).toBe(false);
    expect(isBanksideError(value, 'NETWORK')).toBe(false);
  });

  it('S4 throws for nothing, not even for a proxy that answers no question', () => {
    const refuse = () => {
      throw new TypeError('refused');
    };
    const revocable = Proxy.revocable({}, {});
    revocable.revoke();
    for (const value of [new Proxy({}, { has: refuse, get: refuse }), revocable.proxy])
      expect(isBanksideError(value, 'NETWORK')).toBe(false);
  });
});
