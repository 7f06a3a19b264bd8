import type { HttpTransportOptions, QueuePoller, WidgetBridge } from 'bankside';
import { createOtherBanks, type OtherBanks } from '../../elsewhere-bank/sandbox/other-banks.js';
import { tagOf } from '../../elsewhere-bank/sandbox/request-tag.js';
import { type Attempt, watchedFetch } from '../../elsewhere-bank/sandbox/watched-fetch.js';
import { type Config, openBridge, openQueue, readConfig } from './bank.ts';

/** Short, so that nobody has to wait long to see a missing answer. */
export const TIMEOUT = 4_000;
/** With the sandbox, in ms: short, so that nobody has to wait long to see what happens. */
const SHORT = { close: 500, reconcile: 2_000 };

/** The page's bank: its bridge and its queue, yet to be opened, and other banks where there is a sandbox. */
export interface Bank {
  readonly banks: OtherBanks | undefined;
  openBridge(tell: (attempt: Attempt) => void): WidgetBridge;
  readonly openQueue: (() => QueuePoller) | undefined;
}

export async function setUp(): Promise<Bank> {
  const config = await readConfig();
  const banks = config.sandbox ? await createOtherBanks() : undefined;
  const { queue } = config;
  return {
    banks,
    openBridge: (tell) => openBridge(config, { timeout: TIMEOUT, ...(banks && watched(config, tell)) }),
    openQueue:
      queue === null
        ? undefined
        : () =>
            openQueue(queue, {
              user: 'customer-1',
              ...(banks && { schedule: SHORT, channelKind: banks.channelKind }),
            }),
  };
}

/** Names each request to the sandbox, whose push channel answers by that name, and tells what happens on the wire. */
function watched(
  { headers }: Config,
  tell: (attempt: Attempt) => void,
): Pick<HttpTransportOptions, 'headers' | 'fetch'> {
  return {
    headers: ({ requestId }) => ({ ...headers, 'x-request-id': tagOf(requestId) }),
    fetch: watchedFetch(tell),
  };
}
