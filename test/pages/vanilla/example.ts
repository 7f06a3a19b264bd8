import { type RunningServer, startServer } from '../../../examples/sandbox/server.js';
import type { Engine } from '../../engines/engine.ts';
import type { AllowedFailure } from '../../engines/observed-request.ts';
import { type Allowed, ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';

/** A row of “What the bridge is doing”. */
export interface Row {
  /** The command's type, or the name of what was no request. */
  readonly title: string;
  readonly server: string;
  readonly requestId: string;
  readonly state: string;
  /** Why it failed. */
  readonly code: string;
  /** What was seen on the wire. */
  readonly steps: readonly string[];
  /** Of a note. */
  readonly detail: string;
}

/** Where an example is looked at. */
export interface Setting {
  readonly engine: Engine;
  /** Of another example than the vanilla one, as it was built. */
  readonly pageFolder?: string | undefined;
}

/** The bank's page in a real engine, with a server of its own, and observed. */
export class Example {
  readonly engine: Engine;
  readonly page: Page;
  readonly server: RunningServer;
  readonly observed: ObservedServer;
  readonly #asked: string[] = [];

  private constructor(engine: Engine, page: Page, server: RunningServer, observed: ObservedServer) {
    this.engine = engine;
    this.page = page;
    this.server = server;
    this.observed = observed;
  }

  /** @param env Says whether the page talks to the sandbox, as in the README of the sandbox. */
  static async open(
    { engine, pageFolder }: Setting,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Example> {
    const server = await startServer({ port: 0, env, ...(pageFolder && { pageFolder }) });
    const observed = await ObservedServer.start(server.url);
    const example = new Example(engine, await engine.open(observed.url), server, observed);
    await example.ready();
    return example;
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.observed.close();
    await this.server.close();
  }

  /** The paths of all that the page has asked for. */
  get asked(): readonly string[] {
    return [...this.#asked, ...this.observed.requests.map(({ path }) => path)];
  }

  /** Forgets what was seen to go wrong, for the next test on the same page. */
  forget(): void {
    this.#asked.push(...this.observed.requests.map(({ path }) => path));
    this.observed.reset();
  }

  /** Until each part of the widget shows what it asked for, and nothing is pending. */
  async ready(): Promise<void> {
    for (const name of ['insights', 'subscriptions', 'banks', 'linked']) await this.part(name, 'ready');
    await this.absent('.activity-row[data-state="pending"]');
  }

  async part(name: string, state: string): Promise<void> {
    const seen = this.page.waitFor(
      (part, wanted) => document.querySelector(`[data-part="${part}"]`)?.matches(`[data-state="${wanted}"]`),
      name,
      state,
    );
    await seen.catch(async (cause) => {
      const text = await this.page.evaluate(() => document.body.innerText);
      throw new Error(`The part ${name} is not ${state} in: ${text}`, { cause });
    });
  }

  async present(selector: string): Promise<void> {
    await this.page.waitFor((css) => document.querySelector(css) !== null, selector);
  }

  async absent(selector: string): Promise<void> {
    await this.page.waitFor((css) => document.querySelector(css) === null, selector);
  }

  /** Until a live region has said this, maybe among other things. */
  async says(selector: string, text: string): Promise<void> {
    await this.page.waitFor(
      (css, wanted) => document.querySelector(css)?.textContent?.includes(wanted),
      selector,
      text,
    );
  }

  text(selector: string): Promise<string | undefined> {
    return this.page.evaluate((css) => document.querySelector(css)?.textContent?.trim(), selector);
  }

  /**
   * Loads another build of the widget, or the same again, with other options, and an empty list of requests to look at. The options are set in one go and not
   * by clicks: a `select` pops up a window of the engine's own, and each change would be a start.
   */
  async restart(options: { callShape?: string; replyForm?: string }): Promise<void> {
    await this.page.click('#activity-clear');
    await this.page.evaluate((values) => {
      const form = document.querySelector<HTMLFormElement>('#widget-options');
      for (const [name, value] of Object.entries(values)) {
        const field = form?.elements.namedItem(name);
        if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) field.value = value;
      }
      form?.dispatchEvent(new Event('change'));
    }, options);
    await this.ready();
  }

  /** Presses one of the sandbox's buttons, with an empty list of requests to look at. */
  async misbehave(fault: string): Promise<void> {
    await this.page.click('#activity-clear');
    await this.page.click(`[data-fault="${fault}"]`);
  }

  /** Newest first. */
  rows(): Promise<readonly Row[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('#activity > .activity-row')].map((row) => ({
        title: row.dataset['type'] ?? row.dataset['note'] ?? '',
        server: row.dataset['server'] ?? '',
        requestId: row.dataset['request'] ?? '',
        state: row.dataset['state'] ?? 'note',
        code: row.dataset['code'] ?? '',
        steps: [...row.querySelectorAll('.activity-step')].map((step) => step.textContent ?? ''),
        detail: row.matches('.activity-note') ? (row.querySelector('.activity-meta')?.textContent ?? '') : '',
      })),
    );
  }

  /** The rows that are requests or replies. */
  async requests(): Promise<readonly Row[]> {
    return (await this.rows()).filter(({ state }) => state !== 'note');
  }

  /** Of the bank that was linked last. */
  newestLogin(): string {
    return this.server.sandbox?.ob.logins.at(-1)?.institutionLoginId ?? '';
  }

  /** What the widget has to say against the page, such as that it was answered twice. */
  complaints(): Promise<string | undefined> {
    return this.text('.complaints');
  }

  /** Reads of the queue that were under way when the poller was stopped: a start of the widget stops it, and so does leaving. */
  readsCutOff(): readonly AllowedFailure[] {
    return this.observed.requests.flatMap(({ path, status }) =>
      status === 'aborted' && /^\/linxo\/(queues|connections)\//.test(path) ? [{ path, status }] : [],
    );
  }

  problems(allowed?: Allowed): Promise<readonly string[]> {
    return this.observed.problems(this.page, allowed);
  }
}
