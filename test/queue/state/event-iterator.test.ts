import { describe, expect, it, vi } from 'vitest';
import type { QueueEvent } from '../../../src/queue/server/events.ts';
import { EventBuffer } from '../../../src/queue/state/event-iterator.ts';

const event = (id: number): QueueEvent => ({ id: `${id}`, event_type: 'X' });
const done = { done: true, value: undefined };

function filled(count: number, limit: number): { buffer: EventBuffer; dropped: boolean[] } {
  const buffer = new EventBuffer(() => {});
  return {
    buffer,
    dropped: Array.from({ length: count }, (_, id) => buffer.push(event(id), limit) !== undefined),
  };
}

async function rest(buffer: EventBuffer): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of buffer) ids.push(id);
  return ids;
}

describe('the events that a reader has not taken yet', () => {
  it('come in order, whether the reader or the event is first', async () => {
    const { buffer } = filled(2, 10);
    const reads = [buffer.next(), buffer.next(), buffer.next(), buffer.next()];
    expect(buffer.push(event(2), 10)).toBeUndefined();
    expect(buffer.push(event(3), 10)).toBeUndefined();
    const read = await Promise.all(reads);
    expect(read.map(({ value }) => value?.id)).toEqual(['0', '1', '2', '3']);
  });

  it('Q10 beyond the limit the oldest goes for each new one', async () => {
    const { buffer, dropped } = filled(8, 5);
    expect(dropped).toEqual([false, false, false, false, false, true, true, true]);
    buffer.end();
    expect(await rest(buffer)).toEqual(['3', '4', '5', '6', '7']);
  });

  it('Q10 the limit is of those that are held, not of those that have gone', async () => {
    const { buffer } = filled(5, 5);
    for (let id = 5; id < 10_000; id += 1) {
      await buffer.next();
      expect(buffer.push(event(id), 5)).toBeUndefined();
    }
    expect(buffer.push(event(10_000), 5)?.id).toBe('9995');
  });
});

describe('the end', () => {
  it('what is held can still be read; then it ends, for good', async () => {
    const { buffer } = filled(2, 10);
    buffer.end();
    expect(await rest(buffer)).toEqual(['0', '1']);
    expect(await buffer.next()).toEqual(done);
  });

  it('with an error, that is told once, to the reader that waits or to the one that comes', async () => {
    const error = new Error('failed');
    const waiting = new EventBuffer(() => {});
    const reads = [waiting.next(), waiting.next()];
    waiting.end(error);
    await expect(reads[0]).rejects.toBe(error);
    expect(await reads[1]).toEqual(done);
    const { buffer } = filled(1, 10);
    buffer.end(error);
    expect((await buffer.next()).value?.id).toBe('0');
    await expect(buffer.next()).rejects.toBe(error);
    expect(await buffer.next()).toEqual(done);
  });

  it('Q10 a reader that leaves says so, drops what is held, and lets go of whoever else waits', async () => {
    const leave = vi.fn();
    const buffer = new EventBuffer(leave);
    buffer.push(event(1), 10);
    buffer.push(event(2), 10);
    for await (const { id } of buffer) if (id === '1') break;
    expect(leave).toHaveBeenCalledExactlyOnceWith();
    expect(await buffer.next()).toEqual(done);
    const other = new EventBuffer(leave);
    const waiting = other.next();
    expect(await other.return()).toEqual(done);
    expect(await waiting).toEqual(done);
  });
});
