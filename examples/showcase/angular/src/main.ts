import { inject } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { httpTransport, QueuePoller, WidgetBridge } from 'bankside';
import { provideQueuePoller, provideWidgetBridge } from 'bankside/angular';
import { channelOptions, queueOptions, readBank, TIMEOUT } from '../../shared/config.js';
import { BankPage } from './bank-page.ts';
import { BANK, LOG } from './tokens.ts';

start().catch((error: unknown) => {
  const words = document.createElement('p');
  words.className = 'widget-absent';
  words.role = 'alert';
  words.textContent = 'The widget could not be started. Please load the page again.';
  document.querySelector('[bankPage]')?.replaceChildren(words);
  console.error(error);
});

async function start(): Promise<void> {
  const bank = await readBank();
  const { config, banks } = bank;
  const { queue } = config;
  await bootstrapApplication(BankPage, {
    providers: [
      { provide: BANK, useValue: bank },
      provideWidgetBridge(() => {
        const transport = httpTransport(channelOptions(config, inject(LOG)));
        return new WidgetBridge({ transport, timeout: TIMEOUT });
      }),
      queue ? provideQueuePoller(() => new QueuePoller(queueOptions(queue, banks))) : [],
    ],
  });
}
