import { describe, expect, it } from 'vitest';
import { useQueueWorld } from './fixtures/use-queue-world.ts';

const world = useQueueWorld();

/** A browser's event has own fields, and so has this one. */
class ClickEvent {
  readonly isTrusted = true;
  readonly forget = true;
}

const OF_ANOTHER_KIND: readonly [string, unknown][] = [
  ['an event', new Event('click')],
  ['an event with a field that is called as the option', new ClickEvent()],
  ['what a promise resolved with', new Response()],
  ['a list', [{ forget: true }]],
  ['a string', 'forget'],
  ['a number', 1],
  ['null', null],
  ['a function', () => ({ forget: true })],
  [
    'an object that cannot be read',
    new Proxy(
      {},
      {
        getPrototypeOf() {
          throw new Error('no');
        },
      },
    ),
  ],
];

describe('Q8 S4 stop, as a handler or with a slip', () => {
  it.each(OF_ANOTHER_KIND)('with %s: stops, and forgets nothing', async (_what, value) => {
    const { poller, id } = await world.trackingPoller();
    const handler: (value: never) => unknown = poller.stop;
    await expect(handler(value as never)).resolves.toBeUndefined();
    expect(poller.status).toBe('stopped');
    expect([...poller.connections.keys()]).toEqual([id]);
  });

  it('with an unknown option: stops, forgets nothing, and then rejects with the nearest right word', async () => {
    const { poller, id } = await world.trackingPoller();
    const stopping = poller.stop({ forgt: true } as never);
    expect(poller.status).toBe('stopped');
    await expect(stopping).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining("Did you mean 'forget'?"),
    });
    expect([...poller.connections.keys()]).toEqual([id]);
    expect(world.time.timers).toBe(0);
  });

  it('with `forget` beside an unknown option: logs out, and then rejects', async () => {
    const { poller } = await world.trackingPoller();
    await expect(poller.stop({ forget: true, now: true } as never)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    expect([poller.status, poller.connections.size]).toEqual(['stopped', 0]);
  });

  it('with `forget` of an object without a prototype: logs out', async () => {
    const { poller } = await world.trackingPoller();
    await poller.stop(Object.assign(Object.create(null), { forget: true }));
    expect(poller.connections.size).toBe(0);
  });
});
