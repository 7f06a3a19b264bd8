import { getResponse, HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { Sandbox } from '../../src/testing/index.ts';
import { origin } from './bank-page.ts';
import { bankside, testing } from './built.ts';
import type { Snippet } from './markdown.ts';
import { QueuePage } from './queue-page.ts';
import { runSnippet } from './run-snippet.ts';

/** A page that follows connections, its servers, and a clock that stands still unless a test moves it. */
export interface QueueStage {
  readonly page: QueuePage;
  readonly sandbox: Sandbox;
  /** Runs a snippet, and lets time pass until it has come to its end. */
  run(
    snippet: Snippet,
    more?: object,
  ): Promise<Readonly<Record<string, unknown>> & { readonly poller: QueuePoller }>;
  /** Lets time pass until this is done. */
  inTime<T>(work: Promise<T>): Promise<T>;
  pass(ms: number): Promise<void>;
  /** The bank's page of a further visit in the same tab. */
  readonly storage: ReadonlyMap<string, string>;
}

/** Longer than anything that a snippet waits for. In ms. */
const PATIENCE = 900_000;
const STEP = 500;

export function queueTests(): QueueStage {
  let page: QueuePage;
  let sandbox: Sandbox;
  let pollers: QueuePoller[] = [];
  const storage = new Map<string, string>();

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) });
    vi.spyOn(console, 'error');
    storage.clear();
    vi.stubGlobal('sessionStorage', storageOn(storage));
    sandbox = testing.createSandbox({ liveTokens: 1_000 });
    vi.stubGlobal('fetch', fetchFrom(sandbox));
    sandbox.linxo.addConnection({ id: 'connection-1', name: 'Example Bank' });
    page = new QueuePage(sandbox, 'success');
    vi.stubGlobal('location', page.location);
    pollers = [page.poller];
  });

  afterEach(async () => {
    await Promise.all(pollers.map((poller) => poller.stop()));
    page.bridge.dispose();
    sandbox.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    const { calls: thrown } = vi.mocked(console.error).mock;
    vi.restoreAllMocks();
    expect(thrown).toEqual([]);
  });

  async function inTime<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = (): void => {
      isDone = true;
    };
    work.then(end, end);
    for (let passed = 0; !isDone && passed < PATIENCE; passed += STEP)
      await vi.advanceTimersByTimeAsync(STEP);
    if (!isDone) throw new Error(`Not done after ${PATIENCE} ms`);
    return work;
  }

  return {
    get page() {
      return page;
    },
    get sandbox() {
      return sandbox;
    },
    storage,
    inTime,
    async pass(ms) {
      await vi.advanceTimersByTimeAsync(ms);
    },
    async run(snippet, more) {
      const declared = await inTime(runSnippet(snippet, { ...page, ...more }));
      pollers.push(...Object.values(declared).filter((value) => value instanceof bankside.QueuePoller));
      return { poller: page.poller, ...declared };
    },
  };
}

/** The sandbox, and the bank's session beside it. */
function fetchFrom(sandbox: Sandbox): typeof fetch {
  const handlers = [
    ...sandbox.handlers,
    http.post(`${origin}/session/token`, () => HttpResponse.text(sandbox.issueToken())),
    http.post(`${origin}/session/access-token`, () => HttpResponse.text(sandbox.issueAccessToken())),
  ];
  return async (input, init) => {
    const request = new Request(typeof input === 'string' ? new URL(input, origin) : input, init);
    // Where a snippet leaves the token to the back end, that adds it.
    const isTokenless = request.url.includes('/linxo/') && !request.headers.has('authorization');
    if (isTokenless) request.headers.set('authorization', `Bearer ${sandbox.issueAccessToken()}`);
    const response = await getResponse(handlers, request);
    if (!response || response.type === 'error') throw new TypeError('Failed to fetch');
    return response;
  };
}

function storageOn(map: Map<string, string>): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}
