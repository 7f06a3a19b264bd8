import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LockEnd, requestLock } from '../../../src/queue/tabs/request-lock.ts';
import { BROKEN, type BrokenRequest, NO_FUNCTION } from '../fixtures/broken-locks.ts';
import { StandInTabs } from '../fixtures/stand-in-tabs.ts';

/** Ends what holds the lock. */
let end: (error?: unknown) => void;
let holds: number;
let place: AbortController;

beforeEach(() => {
  holds = 0;
  place = new AbortController();
});

afterEach(() => vi.unstubAllGlobals());

function hold(): Promise<void> {
  holds += 1;
  return new Promise((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
}

function request(isSteal = false): Promise<LockEnd> {
  return requestLock('name', { signal: place.signal, isSteal }, hold);
}

const has = (locks: BrokenRequest): void => void vi.stubGlobal('navigator', { locks: { request: locks } });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('S2 locks that only look like locks', () => {
  const USABLE = ['call back, and never settle', 'give the lock to everybody', 'call back twice'];
  const STOLEN = 'call back, and say at once that the lock was stolen';
  const unusable = BROKEN.filter(([name]) => ![...USABLE, STOLEN].includes(name));

  it.each(unusable)('that %s are unusable', async (_name, stub) => {
    has(stub);
    expect(await request()).toBe('unusable');
    expect(await request(true)).toBe('unusable');
  });

  it.each(BROKEN.filter(([name]) => USABLE.includes(name)))(
    'that %s are held once, until what holds them has ended',
    async (_name, stub) => {
      has(stub);
      const ended = request();
      await turn();
      expect(holds).toBe(1);
      end();
      expect(await ended).toBe('released');
    },
  );

  it.each(NO_FUNCTION)('%s: unusable', async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator());
    expect(await request()).toBe('unusable');
    expect(holds).toBe(0);
  });

  it('that call back after the request was withdrawn get the lock back at once', async () => {
    let grant: () => unknown = () => {};
    has((_name, ...rest) => {
      grant = rest.at(-1) as typeof grant;
      return new Promise(() => {});
    });
    void request();
    place.abort();
    expect(grant()).toBeUndefined();
    expect(holds).toBe(0);
  });
});

describe('Q9 locks that work', () => {
  beforeEach(() => new StandInTabs().install());

  it('a lock that another tab has stolen is told as stolen', async () => {
    const ended = request();
    await turn();
    void requestLock(
      'name',
      { signal: new AbortController().signal, isSteal: true },
      () => new Promise(() => {}),
    );
    expect(await ended).toBe('stolen');
  });

  it('a request that was withdrawn is told as withdrawn', async () => {
    void requestLock('name', { signal: new AbortController().signal }, () => new Promise(() => {}));
    await turn();
    const ended = request();
    place.abort();
    expect(await ended).toBe('withdrawn');
    expect(holds).toBe(0);
  });

  it('rejects with what ended the tab that held it', async () => {
    const reason = new Error('over');
    const ended = request();
    await turn();
    end(reason);
    await expect(ended).rejects.toBe(reason);
  });
});
