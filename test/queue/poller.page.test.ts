import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import { ScriptedQueue } from './fixtures/scripted-queue.ts';
import { standInStorage } from './fixtures/stand-in-storage.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

afterEach(() => void vi.unstubAllGlobals());

const INTRANET = 'http://intranet.bank.example/online/';

function goTo(href: string): void {
  vi.stubGlobal('location', { href });
}

/** A poller whose address is relative. */
function relative(options: Partial<QueuePollerOptions> = {}) {
  const server = new ScriptedQueue();
  const { poller, emitted } = world.recordedPoller({ baseUrl: 'linxo', fetch: server.fetch, ...options });
  const addresses = (): string[] => server.sent.map(({ request }) => request.url);
  return { poller, emitted, addresses };
}

describe('S5 a poller with a relative address', () => {
  it('S5 made and started without a page, it fails and says what to do', async () => {
    const accessToken = vi.fn(() => 'token');
    const { poller, addresses } = relative({ accessToken, user: 'u1' });
    const started = poller.start();
    started.catch(() => {});
    await world.pass(0);

    await expect(started).rejects.toMatchObject({ code: 'INVALID_OPTIONS', details: { option: 'baseUrl' } });
    await expect(started).rejects.toThrow(/no page: on a server, give a whole one$/);
    expect(poller.status).toBe('failed');
    expect(accessToken).not.toHaveBeenCalled();
    expect(addresses()).toEqual([]);
  });

  it('S5 made without a page, it asks the address of the page that has come, and stays with it', async () => {
    const { poller, addresses } = relative();
    goTo('https://bank.example/online/');
    poller.start();
    await world.pass(0);
    goTo('https://bank.example/app/');
    await world.pass(60_000);

    expect(addresses().slice(0, 3)).toEqual([
      'https://bank.example/online/linxo/queues/subscribe',
      'https://bank.example/online/linxo/queues/q1',
      'https://bank.example/online/linxo/queues/q1',
    ]);
  });

  it('S5 made without a page, it finds what an earlier page has stored', async () => {
    const storage = standInStorage();
    goTo('https://bank.example/online/');
    const before = relative({ storage, baseUrl: '/linxo' });
    before.poller.start();
    await world.pass(0);
    before.poller.pause();
    vi.stubGlobal('location', undefined);

    const { poller, emitted } = relative({ storage, baseUrl: '/linxo' });
    goTo('https://bank.example/online/');
    poller.start();
    await world.pass(0);

    expect(emitted.resumed).toEqual([{ queueId: 'q1' }]);
  });

  it('S5 S6 a logout removes what was stored, wherever the page has gone', async () => {
    const storage = standInStorage();
    goTo('https://bank.example/online/');
    const { poller } = relative({ storage });
    poller.start();
    await world.pass(0);
    expect(storage.length).toBe(1);
    goTo('https://bank.example/online/cards/');
    await world.pass(60_000);
    await Promise.all([poller.stop({ forget: true }), world.pass(0)]);

    expect(storage.length).toBe(0);
  });
});

describe('S5 a poller that is made and not started', () => {
  it('S5 S2 looks at no storage, no lock, no channel and no visibility', () => {
    const touched: string[] = [];
    const refuse = (name: string) => ({
      configurable: true,
      get() {
        touched.push(name);
        throw new Error('Not here');
      },
    });
    const names = ['sessionStorage', 'localStorage', 'navigator', 'BroadcastChannel', 'origin'];
    const page = {
      baseURI: 'https://bank.example/',
      get visibilityState() {
        touched.push('visibility');
        return 'visible';
      },
    };
    vi.stubGlobal('document', page);
    const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
    try {
      for (const name of names) Object.defineProperty(globalThis, name, refuse(name));
      world.poller({ storage: undefined, user: 'u1', baseUrl: 'https://bank.example/linxo' });
    } finally {
      for (const [name, own] of kept) {
        if (own) Object.defineProperty(globalThis, name, own);
        else Reflect.deleteProperty(globalThis, name);
      }
    }

    expect(touched).toEqual([]);
  });
});

describe('T1 insecurePage of a poller', () => {
  it('T1 is emitted once, before the first request', async () => {
    goTo(INTRANET);
    vi.spyOn(console, 'warn').mockReturnValue();
    const { poller, addresses } = relative();
    const seen: unknown[] = [];
    poller.on('insecurePage', (event) => seen.push(event, addresses().length));
    poller.start();
    await world.pass(60_000);

    expect(seen).toEqual([{ origin: 'http://intranet.bank.example' }, 0]);
    expect(addresses().length).toBeGreaterThan(2);
  });

  it('T1 S6 is emitted again for the next user', async () => {
    goTo(INTRANET);
    vi.spyOn(console, 'warn').mockReturnValue();
    const { poller } = relative();
    const handler = vi.fn();
    poller.on('insecurePage', handler);
    poller.start();
    await world.pass(0);
    await Promise.all([poller.stop({ forget: true }), world.pass(0)]);
    poller.start();
    await world.pass(0);

    expect(handler).toHaveBeenCalledTimes(2);
  });

  it('T1 a page that stops the poller then sends nothing', async () => {
    goTo(INTRANET);
    vi.spyOn(console, 'warn').mockReturnValue();
    const { poller, addresses } = relative();
    poller.on('insecurePage', () => void poller.stop());
    poller.start().catch(() => {});
    await world.pass(60_000);

    expect(poller.status).toBe('stopped');
    expect(addresses()).toEqual([]);
  });

  it('T1 made without a page, `allowInsecure: false` fails on such a page', async () => {
    const { poller, addresses } = relative({ allowInsecure: false });
    goTo(INTRANET);
    const started = poller.start();
    started.catch(() => {});
    await world.pass(0);

    await expect(started).rejects.toThrow(/allowInsecure is false/);
    expect(addresses()).toEqual([]);
  });

  it('T1 is not emitted on a page over https', async () => {
    goTo('https://bank.example/');
    const { poller, addresses } = relative();
    const handler = vi.fn();
    poller.on('insecurePage', handler);
    poller.start();
    await world.pass(0);

    expect(handler).not.toHaveBeenCalled();
    expect(addresses()).not.toEqual([]);
  });
});
