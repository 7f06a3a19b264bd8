import { HttpResponse, http } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { Command, Sandbox } from '../../src/testing/index.ts';
import { BankPage, origin, type StandIn } from './bank-page.ts';
import { testing } from './built.ts';
import type { Snippet } from './markdown.ts';
import { runSnippet } from './run-snippet.ts';

/** What a snippet declared. */
type Declared = Readonly<Record<string, unknown>> & Pick<BankPage, 'bridge' | 'transport'>;

/** The page and the servers of one test. */
interface Stage {
  readonly page: BankPage;
  readonly sandbox: Sandbox;
  readonly server: SetupServer;
  /** What arrived at any server. */
  readonly arrived: readonly Request[];
  /** @param more Names that it takes for granted, beside those of the page. */
  run(snippet: Snippet, more?: object): Promise<Declared>;
  /** What the widget has been answered, once it is so much. */
  answers(count?: number): Promise<StandIn['answers']>;
}

/** The conditions of every test that runs a snippet: a bank's page with its servers, and nothing that a handler threw at the end of it. */
export function snippetTests(): Stage {
  let page: BankPage;
  let sandbox: Sandbox;
  let server: SetupServer;
  const arrived: Request[] = [];
  /** How everything ends that a snippet has made. */
  const ends: (() => void)[] = [];

  beforeEach(() => {
    page = new BankPage();
    ends.push(() => page.bridge.dispose());
    sandbox = testing.createSandbox();
    server = setupServer(...sandbox.handlers, ...bankHandlers(sandbox));
    server.listen({ onUnhandledRequest: 'error' });
    server.events.on('request:start', ({ request }) => void arrived.push(request.clone()));
    vi.stubGlobal('location', page.location);
    // What a page hears from other windows.
    const heard = new EventTarget();
    for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const)
      vi.stubGlobal(name, heard[name].bind(heard));
    vi.spyOn(console, 'error');
  });

  afterEach(() => {
    for (const end of ends.splice(0)) end();
    server.close();
    sandbox.close();
    arrived.length = 0;
    vi.unstubAllGlobals();
    // Where what a handler throws goes.
    const { calls: thrown } = vi.mocked(console.error).mock;
    vi.restoreAllMocks();
    expect(thrown).toEqual([]);
  });

  return {
    get page() {
      return page;
    },
    get sandbox() {
      return sandbox;
    },
    get server() {
      return server;
    },
    arrived,
    async run(snippet, more) {
      const declared = await runSnippet(snippet, { ...page, ...more });
      ends.push(...Object.entries(declared).flatMap(([name, value]) => endOf(name, value) ?? []));
      return declared as Declared;
    },
    async answers(count = 1) {
      const { answers } = page.personetics;
      await vi.waitFor(() => expect(answers).toHaveLength(count), { timeout: 20_000 });
      return answers;
    },
  };
}

function endOf(name: string, value: unknown): (() => void) | undefined {
  if (name === 'stop') return value as () => void;
  const { dispose } = (value ?? {}) as { dispose?: unknown };
  return typeof dispose === 'function' ? () => dispose.call(value) : undefined;
}

/** What the bank has beside the sandbox: its session, and endpoints of its own before the servers. */
function bankHandlers(sandbox: Sandbox) {
  return [
    http.post(`${origin}/session/token`, () => HttpResponse.text(sandbox.issueToken())),
    http.post<{ server: 'pserver' | 'enrich' | 'ob' }>(
      `${origin}/widget/:server`,
      async ({ params, request }) =>
        HttpResponse.json(sandbox[params.server].execute((await request.json()) as Command)),
    ),
  ];
}
