import { inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { HttpTransportOptions } from 'bankside';
import { provideQueuePoller, provideWidgetBridge } from 'bankside/angular';
import type { ActivityStore } from '../../elsewhere-bank/activity/activity-store.js';
import { createOtherBanks } from '../../elsewhere-bank/sandbox/other-banks.js';
import { idOf, tagOf } from '../../elsewhere-bank/sandbox/request-tag.js';
import { watchedFetch } from '../../elsewhere-bank/sandbox/watched-fetch.js';
import { type Config, openBridge, openQueue, readConfig } from './bank.ts';
import { BankPage } from './bank-page.ts';
import { ACTIVITY, BANK, TIMEOUT } from './tokens.ts';

/** With the sandbox, in ms: short, so that nobody has to wait long to see what happens. */
const SHORT = { close: 500, reconcile: 2_000 };

start().catch((error: unknown) => {
  const words = document.createElement('p');
  words.className = 'widget-absent';
  words.role = 'alert';
  words.textContent = 'The widget could not be started. Please load the page again.';
  document.querySelector('[bankPage]')?.replaceChildren(words);
  console.error(error);
});

async function start(): Promise<void> {
  const config = await readConfig();
  const banks = config.sandbox ? await createOtherBanks() : undefined;
  const { queue } = config;
  await bootstrapApplication(BankPage, {
    providers: [
      { provide: BANK, useValue: { banks, hasQueue: queue !== null } },
      provideWidgetBridge(() =>
        openBridge(config, { timeout: TIMEOUT, ...(banks && watched(config, inject(ACTIVITY))) }),
      ),
      queue === null
        ? []
        : provideQueuePoller(() =>
            openQueue(queue, {
              user: 'customer-1',
              ...(banks && { schedule: SHORT, channelKind: banks.channelKind }),
            }),
          ),
    ],
  });
}

/** Names each request to the sandbox, whose push channel answers by that name, and tells what happens on the wire. */
function watched(
  { headers }: Config,
  activity: ActivityStore,
): Pick<HttpTransportOptions, 'headers' | 'fetch'> {
  return {
    headers: ({ requestId }) => ({ ...headers, 'x-request-id': tagOf(requestId) }),
    fetch: watchedFetch(({ tag, outcome }) => activity.find(idOf(tag ?? '') ?? '')?.addStep(outcome)),
  };
}
