import { expect, onTestFinished } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { Page } from '../../engines/page.ts';
import type { FollowingPage, FollowOptions, Heard } from './following-page.ts';
import type { QueueServer } from './queue-server.ts';

/** Close, but not so close that engines and server are busy with nothing else; seen or not. */
export const QUICK: NonNullable<FollowOptions['schedule']> = {
  close: 100,
  hidden: 100,
  idle: 100,
  closeFor: 1_000,
};
/** Only what is asked for is polled. */
export const RARE: NonNullable<FollowOptions['schedule']> = { close: 600_000, idle: 600_000 };

/** A page that follows a queue, as seen from outside. */
export class Tab {
  readonly page: Page;
  readonly #server: QueueServer;

  constructor(page: Page, server: QueueServer) {
    this.page = page;
    this.#server = server;
  }

  /** Opens a page that is closed when the test is over. */
  static async at(url: string, engine: Pick<Engine, 'open'>, server: QueueServer): Promise<Tab> {
    const tab = new Tab(await engine.open(url), server);
    onTestFinished(() => tab.close());
    return tab;
  }

  /** Opens a page on the server's own site, and begins to follow. */
  static async open(
    engine: Pick<Engine, 'open'>,
    server: QueueServer,
    options: Partial<FollowOptions>,
    path = '/',
  ): Promise<Tab> {
    const tab = await Tab.at(server.url + path, engine, server);
    await tab.follow(options);
    return tab;
  }

  /** Resolves once the poller has started. */
  async follow(options: Partial<FollowOptions>): Promise<void> {
    const accessToken = this.#server.sandbox.issueAccessToken();
    await this.page.evaluate((given) => (globalThis as unknown as FollowingPage).follow(given).start(), {
      accessToken,
      schedule: QUICK,
      ...options,
    });
  }

  heard(): Promise<Heard> {
    return this.page.evaluate(() => (globalThis as unknown as FollowingPage).heard());
  }

  /** Waits until the page has heard what is expected, and resolves with all that it has. */
  async until(expected: (heard: Heard) => boolean): Promise<Heard> {
    return this.page.waitFor<[], Heard>(
      `() => { const seen = heard(); return (${expected})(seen) && seen; }`,
    );
  }

  /** Waits until the connection is as the server says, and it has ended. */
  async untilSynced(connectionId: string): Promise<Heard> {
    return this.page.waitFor<[string], Heard>(
      `(id) => poller.connections.get(id)?.status === 'SUCCESS' && !poller.connections.get(id).syncing && heard()`,
      connectionId,
    );
  }

  async close(): Promise<void> {
    await this.page.close().catch(() => {}); // closed by the test itself
  }
}

/** Waits until the tabs know the same of the connections, and resolves with what each of them has heard. */
export async function untilAgreed(...tabs: readonly Tab[]): Promise<Heard[]> {
  let heard: Heard[] = [];
  await expect
    .poll(async () => {
      heard = await Promise.all(tabs.map((tab) => tab.heard()));
      return [...new Set(heard.map(({ connections }) => JSON.stringify(connections)))];
    })
    .toHaveLength(1);
  return heard;
}

let users = 0;

/** The key of a user whom no other test knows. */
export function newUser(): string {
  users += 1;
  return `user-key-${users}`;
}
