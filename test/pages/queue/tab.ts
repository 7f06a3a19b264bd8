import { expect, onTestFinished } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { Page } from '../../engines/page.ts';
import type { FollowingPage, FollowOptions, Recorded } from './following-page.ts';
import type { QueueServer } from './queue-server.ts';

/** Frequent polls, but not so frequent that engines and server have no time for other tasks; visible or hidden. */
export const QUICK: NonNullable<FollowOptions['schedule']> = {
  close: 100,
  hidden: 100,
  idle: 100,
  closeFor: 1_000,
};
/** Polls only on request. */
export const RARE: NonNullable<FollowOptions['schedule']> = { close: 600_000, idle: 600_000 };

/** A page that follows a queue, as the test sees it. */
export class Tab {
  readonly page: Page;
  readonly #server: QueueServer;

  constructor(page: Page, server: QueueServer) {
    this.page = page;
    this.#server = server;
  }

  /** Opens a page, and closes it after the test. */
  static async at(url: string, engine: Pick<Engine, 'open'>, server: QueueServer): Promise<Tab> {
    const tab = new Tab(await engine.open(url), server);
    onTestFinished(() => tab.close());
    return tab;
  }

  /** Opens a page on the server's own site, and starts to follow. */
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

  recorded(): Promise<Recorded> {
    return this.page.evaluate(() => (globalThis as unknown as FollowingPage).recorded());
  }

  /** Waits until the events of the page are as expected, and resolves with them. */
  async until(expected: (recorded: Recorded) => boolean): Promise<Recorded> {
    return this.page.waitFor<[], Recorded>(
      `() => { const seen = recorded(); return (${expected})(seen) && seen; }`,
    );
  }

  /** Waits until the state of the connection is the server's, and its synchronisation has ended. */
  async untilSynced(connectionId: string): Promise<Recorded> {
    return this.page.waitFor<[string], Recorded>(
      `(id) => poller.connections.get(id)?.status === 'SUCCESS' && !poller.connections.get(id).syncing && recorded()`,
      connectionId,
    );
  }

  async close(): Promise<void> {
    await this.page.close().catch(() => {}); // closed by the test itself
  }
}

/** Waits until the tabs know the same connection states, and resolves with the events of each. */
export async function untilAgreed(...tabs: readonly Tab[]): Promise<Recorded[]> {
  let recorded: Recorded[] = [];
  await expect
    .poll(async () => {
      recorded = await Promise.all(tabs.map((tab) => tab.recorded()));
      return [...new Set(recorded.map(({ connections }) => JSON.stringify(connections)))];
    })
    .toHaveLength(1);
  return recorded;
}

let users = 0;

/** The key of a user of this test alone. */
export function newUser(): string {
  users += 1;
  return `user-key-${users}`;
}
