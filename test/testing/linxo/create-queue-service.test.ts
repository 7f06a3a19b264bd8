import { expect, test, vi } from 'vitest';
import { describeEvents, eventsOf, model } from './fixtures/ticking.ts';

const MINUTE = 60_000;
const SOMETHING = { event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' };

test('a queue is empty until an event happens, and after the read', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();

  expect(linxo.read(queue)).toEqual({ status: 204 });
  linxo.publish(id, SOMETHING);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).toEqual(['LIST_ACCOUNTS EMBEDDED']);
  expect(linxo.read(queue)).toEqual({ status: 204 });
});

test('earlier events are not in a new queue', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  linxo.synchronise(id);
  pass(1_000);
  const queue = linxo.subscribe();
  pass(60_000);

  const events = describeEvents(linxo, eventsOf(linxo, queue));
  expect(events).toHaveLength(7);
  expect(events).not.toContain('SYNC_ALL_STARTED EMBEDDED');
});

test('time passes without calls: a late call finds the events with their own times', () => {
  const { linxo, now, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  const start = now();
  linxo.synchronise(id, [
    { after: 1_500, event: 'ONE' },
    { after: 2_500, event: 'TWO' },
  ]);
  pass(10 * MINUTE);

  expect(eventsOf(linxo, queue).map((event) => event.creation_date * 1_000 - start)).toEqual([1_000, 4_000]);
  expect(linxo.published.map(({ at }) => at - start)).toEqual([1_500, 4_000]);
});

test('several queues of one user each get every event, in the same order', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const [one, other] = [linxo.subscribe(), linxo.subscribe()];
  linxo.synchronise(id);
  pass(MINUTE);

  const events = eventsOf(linxo, one);
  expect(events).toHaveLength(9);
  expect(eventsOf(linxo, other)).toEqual(events);
});

test('a queue holds the events of its user, and only that user can read it', () => {
  const { linxo, pass } = model();
  const [mine, theirs] = [linxo.addConnection({ user: 'ada' }), linxo.addConnection({ user: 'bob' })];
  const queue = linxo.subscribe('ada');
  linxo.synchronise(mine.id);
  linxo.synchronise(theirs.id);
  pass(MINUTE);

  expect(linxo.read(queue, { user: 'bob' })).toEqual({ status: 403 });
  const events = eventsOf(linxo, queue);
  expect(new Set(events.map(({ resource }) => resource.id))).toEqual(new Set([mine.id]));
  expect(linxo.connections('bob').map(({ id }) => id)).toEqual([theirs.id]);
});

test('a queue expires 15 minutes after the last read', () => {
  const { linxo, pass } = model();
  const queue = linxo.subscribe();

  pass(15 * MINUTE - 1);
  expect(linxo.read(queue)).toEqual({ status: 204 });
  pass(15 * MINUTE - 1);
  expect(linxo.read(queue)).toEqual({ status: 204 });
  pass(15 * MINUTE);
  expect(linxo.read(queue)).toEqual({ status: 404 });
});

test('a read by another user does not extend its life', () => {
  const { linxo, pass } = model();
  const queue = linxo.subscribe('ada');

  pass(10 * MINUTE);
  linxo.read(queue, { user: 'bob' });
  pass(5 * MINUTE);
  expect(linxo.read(queue, { user: 'ada' })).toEqual({ status: 404 });
});

test('neither events nor reads of connections extend the life of a queue', () => {
  const { linxo, pass } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();

  pass(14 * MINUTE);
  linxo.publish(id, SOMETHING);
  linxo.queues();
  pass(MINUTE);
  expect(linxo.read(queue).status).toBe(404);
});

test.each([404, 410] as const)('expired and unknown queues are %s, as configured', (status) => {
  const { linxo, pass } = model({ deadQueue: status, lifetime: 1_000 });
  const queue = linxo.subscribe();
  pass(1_000);

  expect(linxo.read(queue)).toEqual({ status });
  expect(linxo.read('nothing')).toEqual({ status });
});

test('one queue can be killed, or all', () => {
  const { linxo } = model();
  const [one, two, three] = [linxo.subscribe(), linxo.subscribe(), linxo.subscribe()];

  linxo.killQueue(one);
  expect(linxo.queues().map(({ id }) => id)).toEqual([two, three]);
  linxo.killQueue();
  expect(linxo.queues()).toEqual([]);
  expect(linxo.read(three).status).toBe(404);
});

test('live queues can be listed without a read', () => {
  const { linxo } = model();
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.publish(id, SOMETHING);

  expect(linxo.queues()).toEqual([{ id: queue, user: 'user-1', held: 1 }]);
  expect(eventsOf(linxo, queue)).toHaveLength(1);
});

test('there are no timers', () => {
  vi.useFakeTimers();
  const { linxo } = model();
  const { id } = linxo.addConnection();
  linxo.subscribe();
  linxo.synchronise(id, 'sms-challenge');

  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('it follows a faked `Date.now` automatically', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { linxo } = model({ now: () => Date.now() });
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id);

  vi.setSystemTime(Date.now() + MINUTE);
  expect(eventsOf(linxo, queue)).toHaveLength(9);
  vi.useRealTimers();
});

test('ids of queues are unique and in no order', () => {
  const { linxo } = model();
  const ids = Array.from({ length: 200 }, () => linxo.subscribe());

  expect(new Set(ids).size).toBe(200);
  expect(ids).not.toEqual([...ids].sort());
  expect([...ids].reverse()).not.toEqual([...ids].sort());
});
