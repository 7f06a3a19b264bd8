import { waiter } from '../peers/aws-waiter.js';
import { httpPoller } from '../peers/azure-core-lro.js';
import { fixedGap } from '../peers/fixed-gap.js';
import { refetchInterval } from '../peers/tanstack-query.js';

/** @typedef {import('bankside').QueuePollerOptions & { baseUrl: string, accessToken: string, fetch: typeof fetch }} Access */
/** @typedef {{ access: Access, gap: number, onEvent: (event: { id: string, event_type: string }) => void, isOver: () => boolean }} Task */
/** @typedef {{ begin(): void, end(): Promise<void> | void }} Following `begin`: the page knows that a synchronisation has started. */
/** @typedef {(task: Task) => Promise<Following>} Follower Subscribes, and resolves when it can follow a synchronisation. */

/**
 * The poller, which the page nudges at the start of a synchronisation. `gap` is `schedule.close`.
 *
 * @param {typeof import('bankside').QueuePoller} QueuePoller
 * @returns {Follower}
 */
export function pollerOf(QueuePoller) {
  return async ({ access, gap, onEvent }) => {
    const poller = new QueuePoller({ ...access, storage: false, schedule: { close: gap } });
    poller.on('*', onEvent);
    await poller.start();
    return { begin: () => poller.nudge(), end: () => poller.stop() };
  };
}

/**
 * The peers, which start when the poller is nudged. `gap` is the interval that each waits between an answer and its next poll.
 *
 * @type {Record<string, Follower>}
 */
export const peers = {
  'TanStack Query': asFollower(refetchInterval),
  'Azure core-lro': asFollower(httpPoller),
  'AWS waiter': asFollower(waiter),
  'a fixed gap': asFollower(fixedGap),
};

/**
 * The least code that a page needs around a library that knows intervals but no queues.
 *
 * @param {import('../peers/fixed-gap.js').WaitForEnd} waitForEnd
 * @returns {Follower}
 */
function asFollower(waitForEnd) {
  return async ({ access: { baseUrl, accessToken, fetch }, gap, onEvent, isOver }) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ topics: ['connections'] });
    const { headers: answered } = await fetch(`${baseUrl}/queues/subscribe`, {
      method: 'POST',
      headers,
      body,
    });
    const id = answered.get('location')?.split('/').at(-1);

    async function read() {
      const response = await fetch(`${baseUrl}/queues/${id}`, { headers });
      if (response.status === 200) for (const event of await response.json()) onEvent(event);
      return isOver();
    }
    return { begin: () => void waitForEnd(read, gap), end() {} };
  };
}
