import { expect, test } from 'vitest';
import { queueAge } from '../../../src/inspector/model/queue-age.ts';
import { START } from '../fixtures/log-of.ts';

test('Q5 a queue is as old as it was asked long ago', () => {
  const queue = { status: 'polling', queueId: 'q' } as const;
  expect(queueAge({ ...queue, askedAt: START }, START + 5_000)).toBe(5_000);
  expect(queueAge({ ...queue, askedAt: undefined }, START)).toBeUndefined();
});
