import { describe, expect, it, vi } from 'vitest';
import { bindMembers } from '../src/bind-members.ts';

class Account {
  #balance = 10;

  constructor() {
    bindMembers(this);
  }

  get balance(): number {
    return this.#balance;
  }

  set balance(value: number) {
    this.#balance = value;
  }

  add(amount: number): number {
    this.#balance += amount;
    return this.#balance;
  }

  *[Symbol.iterator](): Generator<number> {
    yield this.#balance;
  }
}

class Savings extends Account {
  #rate = 2;
  readonly name = 'savings';

  override add(amount: number): number {
    return super.add(amount * this.#rate);
  }

  get rate(): number {
    return this.#rate;
  }
}

const wrap = <T extends object>(object: T): T => new Proxy(object, {});

describe('S0 an instance with private fields, behind a proxy', () => {
  it('has methods, getters, setters and members that symbols name', () => {
    const proxy = wrap(new Account());

    expect(proxy.add(5)).toBe(15);
    expect(proxy.balance).toBe(15);
    proxy.balance = 1;
    expect([...proxy]).toEqual([1]);
  });

  it('has the members of a subclass, and its private fields', () => {
    const proxy = wrap(new Savings());

    expect(proxy.add(5)).toBe(20);
    expect([proxy.rate, proxy.balance, proxy.name]).toEqual([2, 20, 'savings']);
  });

  it.each([Object.freeze, Object.seal, Object.preventExtensions])('works after %o', (close) => {
    const account = close(new Savings());

    expect(wrap(account).add(5)).toBe(20);
    expect(account.add(5)).toBe(30);
  });

  it('can be inherited from, as by Object.create', () => {
    const account = new Account();
    const heir: Account = Object.create(account);

    expect(heir.add(5)).toBe(15);
    expect(account.balance).toBe(15);
  });
});

describe('S0 bound members', () => {
  it('are not listed, and none is called while they are bound', () => {
    let calls = 0;
    class Lazy {
      constructor() {
        bindMembers(this);
      }
      get value(): number {
        calls += 1;
        return calls;
      }
    }
    const lazy = new Lazy();

    expect(calls).toBe(0);
    expect(Object.keys(lazy)).toEqual([]);
    expect(`${JSON.stringify(lazy)}`).toBe('{}');
    expect(lazy.value).toBe(1);
  });

  it('can be spied on, and replaced', () => {
    const account = new Account();
    const spy = vi.spyOn(account, 'add').mockReturnValue(7);
    expect(account.add(1)).toBe(7);
    spy.mockRestore();
    expect(account.add(1)).toBe(11);

    account.add = () => 3;
    expect(wrap(account).add(1)).toBe(3);
  });

  it('give way to own properties, of the class and of a subclass', () => {
    class Own extends Account {
      override readonly add = (): number => 42;
    }

    expect(new Own().add()).toBe(42);
    const made = { label: 'own' };
    Object.setPrototypeOf(made, { label: () => 'of the prototype', other: () => 'bound' });
    bindMembers(made);
    expect(made.label).toBe('own');
  });

  it('are those of the classes: not the constructor, nor what each object has, nor plain values', () => {
    class Plain {
      constructor() {
        bindMembers(this);
      }
      run(): void {}
    }
    Object.assign(Plain.prototype, { count: 1 });
    const plain = new Plain();

    expect(Reflect.ownKeys(plain)).toEqual(['run']);
    expect(plain.constructor).toBe(Plain);
    bindMembers(Object.create(null));
  });
});
