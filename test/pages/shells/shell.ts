import { type RunningServer, startServer } from '../../../examples/sandbox/server.js';
import type { Engine } from '../../engines/engine.ts';
import { type Allowed, ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';

export type ShellName = 'ios' | 'android' | 'react-native' | 'flutter';

/** A message between the page and its app. */
interface Message {
  readonly direction: string;
  readonly name: string;
  readonly requestId: string;
  readonly text: string;
}

/** A row of “What the bridge is doing”, of the page in the frame. */
interface Row {
  readonly title: string;
  readonly state: string;
  readonly code: string;
}

/** The page in an app, in a real engine, with its own observed server. */
export class Shell {
  readonly page: Page;
  readonly server: RunningServer;
  readonly observed: ObservedServer;
  /** The tokens that native code has got. */
  readonly tokens: readonly string[];

  private constructor(
    page: Page,
    server: RunningServer,
    observed: ObservedServer,
    tokens: readonly string[],
  ) {
    this.page = page;
    this.server = server;
    this.observed = observed;
    this.tokens = tokens;
  }

  static async open(engine: Engine, name: ShellName): Promise<Shell> {
    const server = await startServer({ port: 0, env: {} });
    const tokens = recordTokens(server);
    const observed = await ObservedServer.start(server.url);
    const page = await engine.open(`${observed.url}/shell.html?in=${name}`);
    const shell = new Shell(page, server, observed, tokens);
    await shell.ready();
    return shell;
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.observed.close();
    await this.server.close();
  }

  /** Resolves once each part of the widget in the frame is ready, and no request is pending. */
  async ready(): Promise<void> {
    await this.page.waitFor(() => {
      const inside = document.querySelector('iframe')?.contentDocument;
      const shown = ['insights', 'subscriptions', 'banks', 'linked'].every((name) =>
        inside?.querySelector(`[data-part="${name}"][data-state="ready"]`),
      );
      return shown && !inside?.querySelector('.activity-row[data-state="pending"]');
    });
  }

  /** Resolves once the page in the frame has this element. */
  async waitFor(selector: string): Promise<void> {
    await this.page.waitFor(
      (css) => document.querySelector('iframe')?.contentDocument?.querySelector(css),
      selector,
    );
  }

  /** Clicks in the page in the frame. The driver of the engine cannot reach it. */
  async clickInside(selector: string): Promise<void> {
    await this.waitFor(selector);
    await this.page.evaluate(
      (css) => document.querySelector('iframe')?.contentDocument?.querySelector<HTMLElement>(css)?.click(),
      selector,
    );
  }

  /** Loads the page reload by `begin`, and waits until the new page is ready. */
  async reload(begin: () => Promise<void>): Promise<void> {
    await this.page.evaluate(() => {
      document.querySelector('iframe')?.contentDocument?.documentElement.setAttribute('data-old', '');
    });
    await begin();
    await this.waitFor('html:not([data-old])');
    await this.ready();
  }

  /** Clears both lists, and presses the app's button for this fault. */
  async fault(name: string): Promise<void> {
    await this.clickInside('#activity-clear');
    await this.page.click('#messages-clear');
    await this.page.click(`[data-fault="${name}"]`);
  }

  /** The requests that the page in the frame shows, newest first. */
  rows(): Promise<readonly Row[]> {
    return this.page.evaluate(() => {
      const inside = document.querySelector('iframe')?.contentDocument;
      const rows = inside?.querySelectorAll<HTMLElement>('#activity > .activity-row[data-state]') ?? [];
      return [...rows].map(({ dataset }) => ({
        title: dataset['type'] ?? '',
        state: dataset['state'] ?? '',
        code: dataset['code'] ?? '',
      }));
    });
  }

  /** The messages that the app shows, newest first. */
  messages(): Promise<readonly Message[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('#messages > .message')].map((row) => ({
        direction: row.dataset['direction'] ?? '',
        name: row.dataset['name'] ?? '',
        requestId: row.querySelector('.message-note')?.textContent ?? '',
        text: row.querySelector('pre')?.textContent ?? '',
      })),
    );
  }

  /** Errors that the widget has reported, such as a second answer. */
  complaints(): Promise<string | null | undefined> {
    return this.page.evaluate(
      () => document.querySelector('iframe')?.contentDocument?.querySelector('.complaints')?.textContent,
    );
  }

  /** The paths of all requests of the page in the frame. */
  requestsInside(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      (document.querySelector('iframe')?.contentWindow?.performance.getEntriesByType('resource') ?? []).map(
        ({ name }) => new URL(name).pathname,
      ),
    );
  }

  /** The HTML of the page and its frame. */
  texts(): Promise<string> {
    return this.page.evaluate(
      () =>
        document.documentElement.outerHTML +
        document.querySelector('iframe')?.contentDocument?.documentElement.outerHTML,
    );
  }

  problems(allowed?: Allowed): Promise<readonly string[]> {
    return this.observed.problems(this.page, allowed);
  }
}

function recordTokens({ sandbox }: RunningServer): readonly string[] {
  const tokens: string[] = [];
  if (!sandbox) return tokens;
  const { issueToken } = sandbox;
  sandbox.issueToken = () => {
    const token = issueToken();
    tokens.push(token);
    return token;
  };
  return tokens;
}
