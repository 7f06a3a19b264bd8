import { InjectionToken, inject } from '@angular/core';
import { injectQueuePoller } from 'bankside/angular';
import { ActivityStore } from '../../elsewhere-bank/activity/activity-store.js';
import type { OtherBanks } from '../../elsewhere-bank/sandbox/other-banks.js';
import { createStage } from '../../elsewhere-bank/sandbox/stage.js';
import { Cards } from './connections/cards.ts';

/** Short, so that nobody has to wait long to see a missing answer. */
export const TIMEOUT = 4_000;

/** `banks`: where the sandbox plays other banks. */
export const BANK = new InjectionToken<{ banks: OtherBanks | undefined; hasQueue: boolean }>('Bank');

/** What the bridge is doing. */
export const ACTIVITY = new InjectionToken('Activity', {
  providedIn: 'root',
  factory: () => new ActivityStore(),
});

/** What other banks do. */
export const STAGE = new InjectionToken('Stage', {
  providedIn: 'root',
  factory: () => {
    const { banks } = inject(BANK);
    const poller = injectQueuePoller();
    const cards = inject(Cards);
    return poller && banks && createStage({ poller, banks, watch: (id) => cards.watch(id) });
  },
});
