import type * as Source from '../../../src/index.ts';
import type { Page } from '../../engines/page.ts';

/** A poller as the page sees it. */
export interface Seen {
  /** `started`, or the code of an error before that. */
  readonly start: string;
  readonly failures: readonly { code: string; status: number | undefined; retryIn: number | undefined }[];
  /** The source of each change of a channel. */
  readonly sources: readonly string[];
  readonly status: string;
}

/** When to stop watching a poller: after so many polls, at the end of a synchronisation, or at a failure. */
export interface Watch {
  readonly gateway: string;
  readonly polls?: number;
  readonly schedule?: Partial<Source.Schedule>;
  readonly syncedId?: string;
  readonly credentials?: RequestCredentials;
}

type InPage = typeof globalThis & { readonly Bankside: typeof Source };

/** Follows a queue behind the gateway, from a page at another origin. */
export function followQueue(page: Page, watch: Watch): Promise<Seen> {
  return page.evaluate(async ({ gateway, polls = 1, schedule, syncedId, credentials }) => {
    const { Bankside } = globalThis as InPage;
    const poller = new Bankside.QueuePoller({
      baseUrl: `${gateway}/linxo`,
      accessToken: async () => (await fetch('/session/access-token', { method: 'POST' })).text(),
      schedule,
      credentials,
      storage: false,
    });
    const sources: string[] = [];
    poller.on('channel', ({ source }) => sources.push(source));
    const failures: { code: string; status: number | undefined; retryIn: number | undefined }[] = [];
    const failed = new Promise<void>((resolve) => {
      poller.on('failure', ({ error: { code, details }, retryIn }) => {
        failures.push({ code, status: 'status' in details ? details.status : undefined, retryIn });
        resolve();
      });
    });
    const polled = new Promise<void>((resolve) => {
      let count = 0;
      poller.on('poll', () => {
        count += 1;
        if (count === polls) resolve();
      });
    });
    const started = poller.start().then(() => 'started');
    const synced = syncedId ? poller.whenSynced(syncedId).then(() => {}) : polled;
    await Promise.race([synced, failed]).catch(() => {});
    const start = await Promise.race([started, failed.then(() => failures[0]?.code ?? '')]).catch(
      ({ code }: Source.BanksideError) => code,
    );
    const { status } = poller;
    await poller.stop();
    return { start, failures, sources, status };
  }, watch);
}

/** Sends a request to the widget's server, with a token and the id of the bank. */
export function sendCommand(page: Page, gateway: string): Promise<unknown> {
  return page.evaluate(async (origin) => {
    const { Bankside } = globalThis as InPage;
    const transport = Bankside.httpTransport({
      endpoints: { pserver: `${origin}/pserver/execute` },
      authToken: async () => (await fetch('/session/token', { method: 'POST' })).text(),
      headers: { bankId: '42' },
      retry: { limit: 0 },
    });
    const bridge = new Bankside.WidgetBridge({ transport });
    return bridge.send('pserver', { type: 'getNumberOfInsights' }).then(
      () => 'answered',
      ({ code }: Source.BanksideError) => code,
    );
  }, gateway);
}
