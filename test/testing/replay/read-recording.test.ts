import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRecording } from '../../../src/testing/replay/read-recording.ts';

const VALID = {
  format: 'bankside recording',
  version: 1,
  duration: 900,
  isCut: false,
  requests: [
    {
      at: 1,
      server: 'pserver',
      requestId: '7',
      body: { type: 'getInsights' },
      retried: [{ after: 3, status: 503 }],
      end: { after: 40, reply: { ok: true } },
      repliesAfterEnd: [60],
    },
    {
      at: 2,
      server: 'ob',
      requestId: '8',
      body: '{"type":"getAccounts"}',
      end: { after: 5, code: 'NETWORK' },
    },
    { at: 3, server: 'enrich', requestId: '9', body: { type: 'getUserSubscriptions' } },
  ],
  queue: {
    connections: [],
    steps: [
      { at: 0, kind: 'subscribed' },
      { at: 5, kind: 'poll', events: 0, duration: 3 },
      { at: 9, kind: 'failure', type: 'poll', code: 'HTTP', status: 500 },
    ],
  },
};

it('reads a recording, and the text of its file', () => {
  expect(readRecording(VALID)).toEqual(VALID);
  expect(readRecording(JSON.stringify(VALID, null, 2))).toEqual(VALID);
});

it.each([
  ['nothing', '', 'replay is empty.'],
  ['a cut file', JSON.stringify(VALID).slice(0, 100), 'it is not JSON, or it is cut off'],
  ['another JSON', '{"a":1}', 'an object whose "format" is "bankside recording"'],
  ['no object', 7, 'replay must be a recording'],
  ['null', null, 'replay must be a recording'],
  [
    'a newer version',
    { ...VALID, version: 2 },
    'replay.version must be 1, not 2: a newer bankside wrote it.',
  ],
  ['an older version', { ...VALID, version: 0 }, 'replay.version must be 1, not 0.'],
  ['a huge text', `${' '.repeat(50_000_000)}x`, 'replay must have 50000000 characters at most'],
  ['an unknown field', { ...VALID, reqests: [] }, 'replay.reqests is not known.'],
  [
    'a wrong time',
    { ...VALID, requests: [{ ...VALID.requests[0], at: '1' }] },
    'replay.requests[0].at must be',
  ],
  [
    'a wrong server',
    { ...VALID, requests: [{ ...VALID.requests[0], server: 'pserve' }] },
    'Did you mean "pserver"?',
  ],
  [
    'an end of nothing',
    { ...VALID, requests: [{ ...VALID.requests[0], end: { after: 1 } }] },
    'replay.requests[0].end must be',
  ],
  [
    'an unknown step',
    { ...VALID, queue: { connections: [], steps: [{ at: 1, kind: 'x' }] } },
    'replay.queue.steps[0].kind must be',
  ],
])('S5: refuses %s in one line', (_, given, message) => {
  const error = errorOf(given);
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toContain(message);
  expect((error as Error).message).not.toMatch(/\n|undefined/);
});

it('S5: whatever is cut off or edited is read, or refused in one line', () => {
  const text = JSON.stringify(VALID);
  const place = fc.nat(text.length);
  fc.assert(
    fc.property(place, fc.nat(20), fc.string({ maxLength: 12 }), (at, removed, added) => {
      const error = errorOf(text.slice(0, at) + added + text.slice(at + removed));
      if (error === undefined) return;
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toMatch(/^replay.*$/);
    }),
  );
});

function errorOf(given: unknown): unknown {
  try {
    readRecording(given);
    return undefined;
  } catch (error) {
    return error;
  }
}
