import { describe, expect, it, vi } from 'vitest';
import type { QueueEvent } from '../../../src/queue/server/events.ts';
import { EventIterator } from '../../../src/queue/state/event-iterator.ts';

const event = (id: number): QueueEvent => ({ id: `${id}`, event_type: 'X' });
const done = { done: true, value: undefined };

function iteratorWith(count: number, limit: number): { iterator: EventIterator; dropped: boolean[] } {
  const iterator = new EventIterator(() => {});
  return {
    iterator,
    dropped: Array.from({ length: count }, (_, id) => iterator.push(event(id), limit) !== undefined),
  };
}

async function rest(iterator: EventIterator): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of iterator) ids.push(id);
  return ids;
}

describe('buffered events', () => {
  it('are read in order, whether the call or the event comes first', async () => {
    const { iterator } = iteratorWith(2, 10);
    const reads = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    expect(iterator.push(event(2), 10)).toBeUndefined();
    expect(iterator.push(event(3), 10)).toBeUndefined();
    const read = await Promise.all(reads);
    expect(read.map(({ value }) => value?.id)).toEqual(['0', '1', '2', '3']);
  });

  it('Q10 beyond the limit, each new one replaces the oldest', async () => {
    const { iterator, dropped } = iteratorWith(8, 5);
    expect(dropped).toEqual([false, false, false, false, false, true, true, true]);
    iterator.end();
    expect(await rest(iterator)).toEqual(['3', '4', '5', '6', '7']);
  });

  it('Q10 the limit counts buffered events, not those that were read', async () => {
    const { iterator } = iteratorWith(5, 5);
    for (let id = 5; id < 10_000; id += 1) {
      await iterator.next();
      expect(iterator.push(event(id), 5)).toBeUndefined();
    }
    expect(iterator.push(event(10_000), 5)?.id).toBe('9995');
  });
});

describe('the end of the iterator', () => {
  it('comes after the buffered events, and is final', async () => {
    const { iterator } = iteratorWith(2, 10);
    iterator.end();
    expect(await rest(iterator)).toEqual(['0', '1']);
    expect(await iterator.next()).toEqual(done);
  });

  it('with an error rejects one call, a pending one or the next', async () => {
    const error = new Error('failed');
    const waiting = new EventIterator(() => {});
    const reads = [waiting.next(), waiting.next()];
    waiting.end(error);
    await expect(reads[0]).rejects.toBe(error);
    expect(await reads[1]).toEqual(done);
    const { iterator } = iteratorWith(1, 10);
    iterator.end(error);
    expect((await iterator.next()).value?.id).toBe('0');
    await expect(iterator.next()).rejects.toBe(error);
    expect(await iterator.next()).toEqual(done);
  });

  it('Q10 by return calls back, drops the buffered events, and settles pending calls', async () => {
    const onReturn = vi.fn();
    const iterator = new EventIterator(onReturn);
    iterator.push(event(1), 10);
    iterator.push(event(2), 10);
    for await (const { id } of iterator) if (id === '1') break;
    expect(onReturn).toHaveBeenCalledExactlyOnceWith();
    expect(await iterator.next()).toEqual(done);
    const other = new EventIterator(onReturn);
    const waiting = other.next();
    expect(await other.return()).toEqual(done);
    expect(await waiting).toEqual(done);
  });
});
