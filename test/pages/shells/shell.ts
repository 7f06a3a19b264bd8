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

/** The page as an app shows it, in a real engine, with a server of its own, and observed. */
export class Shell {
  readonly page: Page;
  readonly server: RunningServer;
  readonly observed: ObservedServer;
  /** Those that the native side was given. */
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
    const tokens = keepTokens(server);
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

  /** Until each part of the widget in the frame shows what it asked for, and nothing is pending. */
  async ready(): Promise<void> {
    await this.page.waitFor(() => {
      const inside = document.querySelector('iframe')?.contentDocument;
      const shown = ['insights', 'subscriptions', 'banks', 'linked'].every((name) =>
        inside?.querySelector(`[data-part="${name}"][data-state="ready"]`),
      );
      return shown && !inside?.querySelector('.activity-row[data-state="pending"]');
    });
  }

  /** Until this is in the page in the frame. */
  async present(selector: string): Promise<void> {
    await this.page.waitFor(
      (css) => document.querySelector('iframe')?.contentDocument?.querySelector(css),
      selector,
    );
  }

  /** Clicks in the page in the frame, which what drives the engine does not reach. */
  async clickInside(selector: string): Promise<void> {
    await this.present(selector);
    await this.page.evaluate(
      (css) => document.querySelector('iframe')?.contentDocument?.querySelector<HTMLElement>(css)?.click(),
      selector,
    );
  }

  /** Lets the page be loaded anew, and waits until it is another one and ready. */
  async again(begin: () => Promise<void>): Promise<void> {
    await this.page.evaluate(() => {
      document.querySelector('iframe')?.contentDocument?.documentElement.setAttribute('data-old', '');
    });
    await begin();
    await this.present('html:not([data-old])');
    await this.ready();
  }

  /** Presses one of the app's buttons, with empty lists to look at. */
  async misbehave(fault: string): Promise<void> {
    await this.clickInside('#activity-clear');
    await this.page.click('#messages-clear');
    await this.page.click(`[data-fault="${fault}"]`);
  }

  /** What the bridge of the page in the frame has done, newest first. */
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

  /** Newest first. */
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

  /** What the widget has to say against the page, such as that it was answered twice. */
  complaints(): Promise<string | null | undefined> {
    return this.page.evaluate(
      () => document.querySelector('iframe')?.contentDocument?.querySelector('.complaints')?.textContent,
    );
  }

  /** The paths of all that the page in the frame has asked any server for. */
  askedInside(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      (document.querySelector('iframe')?.contentWindow?.performance.getEntriesByType('resource') ?? []).map(
        ({ name }) => new URL(name).pathname,
      ),
    );
  }

  /** All that can be read on the page and in its frame. */
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

function keepTokens({ sandbox }: RunningServer): readonly string[] {
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
