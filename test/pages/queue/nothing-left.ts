import { expect, it } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { QueueServer } from './queue-server.ts';
import { newUser, Tab } from './tab.ts';

/** What is left after `stop`. */
export function testNothingLeft(getEngine: () => Engine, getServer: () => QueueServer): void {
  it.each([false, true])('Q8 stop leaves no lock, no request and no message (share: %s)', async (share) => {
    const server = getServer();
    const user = newUser();
    const tab = await Tab.open(getEngine(), server, { user, share, tab: 'stopped' });
    const release = server.hold();
    const open = (): number =>
      server.visits.filter(({ tab, status }) => tab === 'stopped' && status === 'held').length;
    await expect.poll(open).toBe(1);

    const left = await tab.page.evaluate(async (key) => {
      await poller.stop();
      const messages: unknown[] = [];
      const channel = new BroadcastChannel(`bankside.tabs 4 ${location.origin}/linxo/ ${key}`);
      channel.onmessage = ({ data }) => messages.push(data);
      for (const type of ['online', 'focus']) dispatchEvent(new Event(type));
      document.dispatchEvent(new Event('visibilitychange'));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      poller.nudge();
      // By then, everything that was sent has arrived.
      const other = new BroadcastChannel(channel.name);
      const echo = new Promise((resolve) =>
        channel.addEventListener('message', ({ data }) => data === 'end' && resolve(data)),
      );
      other.postMessage('end');
      await echo;
      channel.close();
      other.close();
      const { held = [], pending = [] } = await navigator.locks.query();
      return { messages, locks: [...held, ...pending].filter(({ name }) => name?.startsWith('bankside.')) };
    }, user);

    expect(left).toEqual({ messages: ['end'], locks: [] });
    await expect.poll(open).toBe(0);
    release();
    const seen = server.visits.length;
    await tab.page.evaluate(() => fetch('/').then(() => {}));
    expect(server.visits.length).toBe(seen);
    expect(server.visits.filter(({ tab }) => tab === 'stopped').at(-1)?.status).toBe('gone');
  });
}
