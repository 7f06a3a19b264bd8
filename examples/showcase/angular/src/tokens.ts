import { DestroyRef, InjectionToken, inject } from '@angular/core';
import type { QueuePoller } from 'bankside';
import { injectQueuePoller } from 'bankside/angular';
import type { Bank } from '../../shared/config.js';
import { Cards } from '../../shared/connections/cards.js';
import { Outage } from '../../shared/connections/outage.js';
import { ActivityLog } from '../../shared/panel/activity-log.js';
import { createStage } from '../../shared/sandbox/stage.js';

export const BANK = new InjectionToken<Bank>('Bank');

/** The poller, where there is a queue. */
export function injectPoller(): QueuePoller | undefined {
  return inject(BANK).config.queue ? injectQueuePoller() : undefined;
}

/** What the bridge does. */
export const LOG = new InjectionToken('Log', {
  providedIn: 'root',
  factory: () => new ActivityLog({ id: 'activity', titleId: 'activity-title' }),
});

/** The banks that are being linked or updated, where there is a queue. */
export const CARDS = new InjectionToken('Cards', {
  providedIn: 'root',
  factory: () => {
    const poller = injectPoller();
    if (!poller) return undefined;
    const cards = new Cards(poller);
    inject(DestroyRef).onDestroy(cards.follow());
    return cards;
  },
});

/** What the page says while the queue cannot be read. */
export const OUTAGE = new InjectionToken('Outage', {
  providedIn: 'root',
  factory: () => {
    const poller = injectPoller();
    return poller && new Outage(poller);
  },
});

/** What other banks do, where the sandbox plays them. */
export const STAGE = new InjectionToken('Stage', {
  providedIn: 'root',
  factory: () => {
    const { banks } = inject(BANK);
    const cards = inject(CARDS);
    const poller = cards && injectQueuePoller();
    return poller && banks && createStage({ poller, banks, watch: cards.watch });
  },
});
