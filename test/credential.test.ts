import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { type Credential, CredentialSource } from '../src/credential.ts';
import { isBanksideError } from '../src/index.ts';

type Context = Parameters<Exclude<Credential, string>>[0];

/** A page's function whose answers the test gives when it likes. */
function pageFunction() {
  const calls: (Context & { answer(token: unknown): void; fail(error: unknown): void })[] = [];
  const credential = (context: Context): Promise<string> =>
    new Promise((resolve, reject) => {
      calls.push({ ...context, answer: resolve as (token: unknown) => void, fail: reject });
    });
  const source = new CredentialSource('authToken', credential);
  const call = (index: number) => {
    const made = calls[index];
    if (!made) throw new Error(`There were ${calls.length} calls`);
    return made;
  };
  return { source, calls, call };
}

const waiting = (): AbortSignal => new AbortController().signal;
/** All that follows from what has happened so far. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('T2 asking', () => {
  test('T2 the function is asked per request, and told that nothing was rejected', async () => {
    const credential = vi.fn((_context: Context) => 'a token');
    const source = new CredentialSource('authToken', credential);

    expect(await source.get(waiting())).toBe('a token');
    expect(await source.get(waiting())).toBe('a token');

    expect(credential).toHaveBeenCalledTimes(2);
    expect(credential.mock.lastCall).toEqual([{ rejected: undefined, signal: expect.any(AbortSignal) }]);
  });

  test('T2 those who ask at a time share one call', async () => {
    const { source, calls, call } = pageFunction();
    const asking = [source.get(waiting()), source.get(waiting()), source.get(waiting())];
    await turn();

    call(0).answer('one');

    expect(await Promise.all(asking)).toEqual(['one', 'one', 'one']);
    expect(calls).toHaveLength(1);
  });

  test('T2 a string is always that string, and cannot be replaced', async () => {
    const source = new CredentialSource('authToken', 'fixed');

    expect(await source.get(waiting())).toBe('fixed');
    expect(await source.replace('fixed', waiting())).toBeUndefined();
  });

  test('T2 a failure is told to all who wait, and the next one asks anew', async () => {
    const { source, calls, call } = pageFunction();
    const asking = [source.get(waiting()), source.get(waiting())];
    const failure = new Error('no session');
    call(0).fail(failure);

    expect(await Promise.allSettled(asking)).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'rejected', reason: failure },
    ]);
    const next = source.get(waiting());
    call(1).answer('two');
    expect(await next).toBe('two');
    expect(calls).toHaveLength(2);
  });

  test('T2 a function that throws at once rejects', async () => {
    const failure = new Error('no session');
    const source = new CredentialSource('authToken', () => {
      throw failure;
    });

    await expect(source.get(waiting())).rejects.toBe(failure);
  });
});

describe('T2 leaving', () => {
  test('T2 one who leaves gets the reason, and leaves the others waiting', async () => {
    const { source, calls, call } = pageFunction();
    const leaver = new AbortController();
    const left = source.get(leaver.signal);
    const stays = source.get(waiting());

    leaver.abort('gone');

    await expect(left).rejects.toBe('gone');
    expect(call(0).signal.aborted).toBe(false);
    call(0).answer('one');
    expect(await stays).toBe('one');
    expect(calls).toHaveLength(1);
  });

  test('T2 it is no matter who asked first', async () => {
    const { source, call } = pageFunction();
    const stays = source.get(waiting());
    const leaver = new AbortController();
    const left = source.get(leaver.signal);

    leaver.abort('gone');

    await expect(left).rejects.toBe('gone');
    expect(call(0).signal.aborted).toBe(false);
    call(0).answer('one');
    expect(await stays).toBe('one');
  });

  test('T2 the last to leave aborts the call, which the next does not join', async () => {
    const { source, calls, call } = pageFunction();
    const [one, two] = [new AbortController(), new AbortController()];
    const left = [source.get(one.signal), source.get(two.signal)];

    one.abort('first');
    expect(call(0).signal.aborted).toBe(false);
    two.abort('last');
    expect(call(0).signal.aborted).toBe(true);

    expect(await Promise.allSettled(left)).toMatchObject([{ reason: 'first' }, { reason: 'last' }]);
    const next = source.get(waiting());
    expect(calls).toHaveLength(2);
    call(1).answer('two');
    expect(await next).toBe('two');
  });

  test('T2 an answer to a call that all have left is no news', async () => {
    const { source, call } = pageFunction();
    const leaver = new AbortController();
    const left = source.get(leaver.signal);
    leaver.abort('gone');
    await expect(left).rejects.toBe('gone');
    const asking = source.get(waiting());
    call(1).answer('current');
    await asking;

    call(0).answer('from long ago');
    await turn();

    const replaced = source.replace('rejected', waiting());
    expect(await replaced).toBe('current');
  });

  test('T2 whose signal is aborted already does not wait', async () => {
    const { source } = pageFunction();

    await expect(source.get(AbortSignal.abort('gone'))).rejects.toBe('gone');
    await expect(source.replace('old', AbortSignal.abort('gone'))).rejects.toBe('gone');
  });

  test('T2 nobody who left is in the way of a later abort', async () => {
    const { source, call } = pageFunction();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = source.get(one.signal);
    one.abort();
    await expect(first).rejects.toThrow();
    const second = source.get(two.signal);
    one.abort();

    expect(call(1).signal.aborted).toBe(false);
    call(1).answer('two');
    expect(await second).toBe('two');
  });

  test.each(['answered', 'failed', 'left'])('B9 no listener stays on a signal: %s', async (end) => {
    const { source, call } = pageFunction();
    const leaver = new AbortController();
    const listeners = (): number => getEventListeners(leaver.signal, 'abort').length;
    const asking = source.get(leaver.signal);
    asking.catch(() => {});
    expect(listeners()).toBe(1);

    if (end === 'answered') call(0).answer('one');
    else if (end === 'failed') call(0).fail(new Error('no session'));
    else leaver.abort();
    await asking.catch(() => {});
    await turn();

    expect(listeners()).toBe(0);
  });
});

describe('T2 replacing a rejected token', () => {
  test('T2 the function is told which one was rejected', async () => {
    const { source, call } = pageFunction();
    const replaced = source.replace('old', waiting());
    await turn();

    expect(call(0).rejected).toBe('old');
    call(0).answer('new');
    expect(await replaced).toBe('new');
  });

  test('T2 all who wait for one share the call', async () => {
    const { source, calls, call } = pageFunction();
    const replaced = Array.from({ length: 5 }, () => source.replace('old', waiting()));
    await turn();
    call(0).answer('new');

    expect(await Promise.all(replaced)).toEqual(Array(5).fill('new'));
    expect(calls).toHaveLength(1);
  });

  test('T2 who comes late takes the one that is already fresh', async () => {
    const { source, calls, call } = pageFunction();
    const first = source.replace('old', waiting());
    call(0).answer('new');
    await first;

    expect(await source.replace('old', waiting())).toBe('new');
    expect(calls).toHaveLength(1);
  });

  test('T2 a fresh one that is rejected too is asked for again', async () => {
    const { source, calls, call } = pageFunction();
    const first = source.replace('old', waiting());
    call(0).answer('new');
    await first;

    const second = source.replace('new', waiting());
    await turn();
    expect(call(1).rejected).toBe('new');
    call(1).answer('newest');
    expect(await second).toBe('newest');
    expect(calls).toHaveLength(2);
  });

  test('T2 the function may insist on the rejected one', async () => {
    const { source, call } = pageFunction();
    const replaced = source.replace('old', waiting());
    call(0).answer('old');

    expect(await replaced).toBe('old');
  });

  test('T2 those who only ask wait for a replacement that is under way', async () => {
    const { source, calls, call } = pageFunction();
    const replaced = source.replace('old', waiting());
    const asked = source.get(waiting());
    call(0).answer('new');

    expect(await Promise.all([replaced, asked])).toEqual(['new', 'new']);
    expect(calls).toHaveLength(1);
  });

  test('T2 an ask under way may yet give the rejected one: then there is a second call, and only then', async () => {
    const { source, calls, call } = pageFunction();
    const asked = source.get(waiting());
    const replaced = source.replace('old', waiting());
    await turn();
    expect(calls).toHaveLength(1);

    call(0).answer('old');
    expect(await asked).toBe('old');
    await turn();
    expect(call(1).rejected).toBe('old');
    call(1).answer('new');
    expect(await replaced).toBe('new');
  });

  test('T2 an ask under way that gives another one is enough', async () => {
    const { source, calls, call } = pageFunction();
    const asked = source.get(waiting());
    const replaced = source.replace('old', waiting());
    call(0).answer('new');

    expect(await Promise.all([asked, replaced])).toEqual(['new', 'new']);
    expect(calls).toHaveLength(1);
  });

  test('T2 an ask under way that fails does not fail the replacement', async () => {
    const { source, call } = pageFunction();
    const asked = source.get(waiting());
    const replaced = source.replace('old', waiting());
    call(0).fail(new Error('no session'));
    await expect(asked).rejects.toThrow('no session');
    await turn();

    call(1).answer('new');
    expect(await replaced).toBe('new');
  });

  test('T2 one who leaves while an ask is under way gets the reason, and asks for nothing more', async () => {
    const { source, calls, call } = pageFunction();
    const asked = source.get(waiting());
    const leaver = new AbortController();
    const left = source.replace('old', leaver.signal);
    await turn();

    leaver.abort('gone');
    await expect(left).rejects.toBe('gone');
    call(0).answer('one');
    expect(await asked).toBe('one');
    await turn();
    expect(calls).toHaveLength(1);
  });

  test('T2 a failed replacement is told to all, and the next rejection asks again', async () => {
    const { source, calls, call } = pageFunction();
    const replaced = [source.replace('old', waiting()), source.replace('old', waiting())];
    await turn();
    call(0).fail(new Error('no session'));
    for (const each of replaced) await expect(each).rejects.toThrow('no session');

    const next = source.replace('old', waiting());
    await turn();
    expect(calls).toHaveLength(2);
    expect(call(1).rejected).toBe('old');
    call(1).answer('new');
    expect(await next).toBe('new');
  });
});

describe('what is no token', () => {
  const wrong: [string, unknown, RegExp][] = [
    ['nothing', undefined, /undefined/],
    ['null', null, /null/],
    ['an empty string', '', /empty/],
    ['a number', 42, /42|number/],
    ['a Response, not its text', new Response('secret-token'), /object/],
    ['an object', { authToken: 'secret-token' }, /object/],
    ['a line break', 'secret-token\r\nx: y', /string/],
    ['a line feed at its end', 'secret-token\n', /string/],
    ['a space before it', ' secret-token', /string/],
    ['a tab', 'secret\ttoken', /string/],
    ['letters beyond ASCII', 'sécret-token', /string/],
    ['a NUL', 'secret-token\0', /string/],
  ];

  test.each(wrong)(
    'T4 %s, from the function: INVALID_OPTIONS, without a word of it',
    async (_what, token, received) => {
      const source = new CredentialSource('authToken', () => token as string);

      const error = await source.get(waiting()).catch((error: unknown) => error);

      expectRefusal(error, received);
    },
  );

  test.each(wrong.filter(([, token]) => token !== undefined))(
    'T4 %s, as the option itself',
    (_what, token, received) => {
      let error: unknown;
      try {
        new CredentialSource('accessToken', token as string);
      } catch (thrown) {
        error = thrown;
      }
      expectRefusal(error, received, 'accessToken');
    },
  );

  test('T2 spaces within are part of it', async () => {
    expect(await new CredentialSource('authToken', 'Bearer a b').get(waiting())).toBe('Bearer a b');
  });

  test('T2 it is not remembered as a fresh one', async () => {
    const { source, calls, call } = pageFunction();
    const asked = source.get(waiting());
    call(0).answer('');
    await expect(asked).rejects.toThrow();

    const replaced = source.replace('old', waiting());
    await turn();
    expect(calls).toHaveLength(2);
    call(1).answer('new');
    expect(await replaced).toBe('new');
  });

  function expectRefusal(error: unknown, received: RegExp, option = 'authToken'): void {
    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    expect(error.details).toEqual({
      option,
      expected: expect.stringContaining('ASCII'),
      received: expect.stringMatching(received),
    });
    expect(error.message).toContain(`'${option}'`);
    expect(error.message + JSON.stringify(error)).not.toMatch(/s[eé]cret/);
  }
});
