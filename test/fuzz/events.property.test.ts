import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectionSchema, queueEventSchema } from '../../src/queue/server/events.ts';
import { readBy } from '../../src/queue/server/read-by.ts';
import { event } from './fixtures/events.ts';
import { expectCleanPrototypes } from './fixtures/hostile.ts';

it('Q2 S4 events: a malformed one is refused, and a parsed one parses to itself', () => {
  fc.assert(
    fc.property(event, (given) => {
      const { data: read } = readBy(queueEventSchema, given);
      if (read) {
        expect(read.id).not.toBe('');
        expect(readBy(queueEventSchema, read)).toEqual({ data: read });
      }
      const { data: found } = readBy(connectionSchema, given);
      if (found) expect(readBy(connectionSchema, found)).toEqual({ data: found });
      expectCleanPrototypes();
    }),
  );
});
