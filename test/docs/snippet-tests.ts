import { HttpResponse, http } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { WidgetBridge } from '../../src/index.ts';
import type { Command, Sandbox } from '../../src/testing/index.ts';
import { BankPage, origin, type StandIn } from './bank-page.ts';
import { bankside, testing } from './built.ts';
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
  const bridges: WidgetBridge[] = [];

  beforeEach(() => {
    page = new BankPage();
    bridges.push(page.bridge);
    sandbox = testing.createSandbox();
    server = setupServer(...sandbox.handlers, ...bankHandlers(sandbox));
    server.listen({ onUnhandledRequest: 'error' });
    server.events.on('request:start', ({ request }) => void arrived.push(request.clone()));
    vi.stubGlobal('location', page.location);
    vi.spyOn(console, 'error');
  });

  afterEach(() => {
    for (const bridge of bridges.splice(0)) bridge.dispose();
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
      bridges.push(...Object.values(declared).filter((value) => value instanceof bankside.WidgetBridge));
      return declared as Declared;
    },
    async answers(count = 1) {
      const { answers } = page.personetics;
      await vi.waitFor(() => expect(answers).toHaveLength(count), { timeout: 20_000 });
      return answers;
    },
  };
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
