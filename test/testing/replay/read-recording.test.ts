import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRecording } from '../../../src/testing/replay/read-recording.ts';
import { numRuns } from '../../harness/property-runs.ts';

const [FIRST, SECOND, THIRD] = [
  {
    at: 1,
    server: 'pserver',
    requestId: '7',
    body: { type: 'getInsights' },
    retried: [{ after: 3, status: 503 }],
    end: { after: 40, reply: { ok: true } },
    repliesAfterEnd: [60],
  },
  { at: 2, server: 'ob', requestId: '8', body: '{"type":"getAccounts"}', end: { after: 5, code: 'NETWORK' } },
  { at: 3, server: 'enrich', requestId: '9', body: { type: 'getUserSubscriptions' } },
] as const;
const EVENT = { id: 'e', resource: { id: 'c', status: 'RUNNING' } };
const STEPS = [
  { at: 0, kind: 'subscribed' },
  { at: 5, kind: 'event', event: EVENT },
  { at: 5, kind: 'poll', events: 1, duration: 3 },
  { at: 9, kind: 'failure', type: 'poll', code: 'HTTP', status: 500 },
] as const;
const VALID = {
  format: 'bankside recording',
  version: 1,
  duration: 900,
  isCut: false,
  requests: [FIRST, SECOND, THIRD],
  queue: { connections: [{ id: 'c', status: 'RUNNING', channels: [] }], steps: STEPS },
};
const TEXT = JSON.stringify(VALID, null, 2);

function withFirst(changes: object): object {
  return { ...VALID, requests: [{ ...FIRST, ...changes }] };
}

function withStep(step: object): object {
  return { ...VALID, queue: { connections: [], steps: [step] } };
}

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

const AGAIN = ' Record again, or use the file as it was saved.';
const NO_RECORDING = `replay must be a recording: an object whose "format" is "bankside recording".${AGAIN}`;
const NO_JSON = `replay must be the text of a recording, but it is not JSON, or it is cut off.${AGAIN}`;

it('S5: reads a recording, and the text of its file', () => {
  expect(readRecording(VALID)).toEqual(VALID);
  expect(readRecording(TEXT)).toEqual(VALID);
  expect(readRecording(`\uFEFF${TEXT}`)).toEqual(VALID);
});

it('S5: reads a copy, so that a recording can be used twice and be changed later', () => {
  const given = structuredClone(VALID);
  const read = readRecording(given);
  Object.assign(given.requests[0]?.body ?? {}, { type: 'other' });
  expect(read).toEqual(VALID);
  expect(readRecording(Object.freeze(VALID))).toEqual(VALID);
});

it('S5: keeps a field named __proto__, and changes no prototype', () => {
  const text = TEXT.replace('"type": "getInsights"', '"__proto__": { "polluted": true }').replace(
    '"id": "e"',
    '"__proto__": { "polluted": true }',
  );
  const { requests } = readRecording(text);
  expect(JSON.stringify(requests[0]?.body)).toBe('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const CYCLE: Record<string, unknown> = {};
CYCLE['itself'] = CYCLE;

it.each<[what: string, given: unknown, line: string]>([
  ['nothing', ' \n', `replay is empty.${AGAIN}`],
  ['a cut file', TEXT.slice(0, 100), NO_JSON],
  ['another JSON', '{"a":1}', NO_RECORDING],
  ['a list', [VALID], NO_RECORDING],
  ['a number', 7, NO_RECORDING],
  ['null', null, NO_RECORDING],
  ['a page', '<!doctype html>', `replay must be the text of a recording, not a page of HTML or XML.${AGAIN}`],
  ['UTF-16', `\uFFFD\uFFFD${[...TEXT].join('\0')}`, `replay must be text in UTF-8.${AGAIN}`],
  [
    'a newer version with fields that this one does not know',
    { ...VALID, version: 2, colour: 'red', requests: {} },
    'replay.version must be 1, not 2: a newer bankside wrote it. Update bankside.',
  ],
  ['an older version', { ...VALID, version: 0 }, `replay.version must be 1, not 0.${AGAIN}`],
  ['a version as text', { ...VALID, version: '1' }, `replay.version must be 1, not "1".${AGAIN}`],
  [
    'a long text',
    ' '.repeat(50_000_000) + TEXT.slice(0, 1),
    'replay must have 50000000 characters at most, not 50000001.',
  ],
  [
    'a large object',
    withFirst({ body: 'x'.repeat(50_000_000) }),
    `replay must have 50000000 characters at most, not ${JSON.stringify(withFirst({ body: '' })).length + 50_000_000}.`,
  ],
  [
    'deep text',
    TEXT.replace('"getInsights"', nested(100_000)),
    `replay is nested deeper than 200 levels.${AGAIN}`,
  ],
  ['a cycle', withFirst({ body: CYCLE }), `replay is nested deeper than 200 levels.${AGAIN}`],
  ['a BigInt', withFirst({ body: 1n }), `replay must be JSON, without values such as a BigInt.${AGAIN}`],
  [
    'an unknown field',
    { ...VALID, reqests: [] },
    `replay.reqests is not known. Did you mean "requests"?${AGAIN}`,
  ],
  [
    'an unknown field of a request',
    withFirst({ bodi: 1 }),
    `replay.requests[0].bodi is not known. Did you mean "body"?${AGAIN}`,
  ],
  [
    'an unknown field of a step',
    withStep({ ...STEPS[2], evnts: 1 }),
    `replay.queue.steps[0].evnts is not known. Did you mean "events"?${AGAIN}`,
  ],
  [
    'a time as text',
    withFirst({ at: '1' }),
    `replay.requests[0].at must be a number of milliseconds, 0 or more, not "1".${AGAIN}`,
  ],
  [
    'NaN',
    withFirst({ at: Number.NaN }),
    `replay.requests[0].at must be a number of milliseconds, 0 or more, not NaN.${AGAIN}`,
  ],
  [
    'Infinity',
    withFirst({ at: Infinity }),
    `replay.requests[0].at must be a number of milliseconds, 0 or more, not Infinity.${AGAIN}`,
  ],
  [
    'a negative time',
    withFirst({ at: -1 }),
    `replay.requests[0].at must be a number of milliseconds, 0 or more, not -1.${AGAIN}`,
  ],
  [
    'a time of years',
    withFirst({ at: 1e10 }),
    `replay.requests[0].at must be a number of milliseconds, 2147483647 at most, not 10000000000.${AGAIN}`,
  ],
  [
    'another server',
    withFirst({ server: 'pserve' }),
    `replay.requests[0].server must be one of pserver, enrich, ob, not "pserve". Did you mean "pserver"?${AGAIN}`,
  ],
  [
    'an end of nothing',
    withFirst({ end: { after: 1 } }),
    `replay.requests[0].end must be an object with a "reply" or a "code", not an object.${AGAIN}`,
  ],
  [
    'another step',
    withStep({ at: 1, kind: 'pol' }),
    `replay.queue.steps[0].kind must be one of subscribed, resumed, expired, malformed, poll, event, connection, gap, failure, not "pol". Did you mean "poll"?${AGAIN}`,
  ],
])('S5: refuses %s in one line', (_, given, line) => {
  const error = errorOf(given);
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toBe(line);
});

it('S5: refuses a file that is cut off anywhere', () => {
  const end = TEXT.length - 1;
  for (let at = 0; at < end; at += 1) expect(errorOf(TEXT.slice(0, at))).toBeInstanceOf(TypeError);
});

it('S5: whatever is edited is read, or refused in one line', () => {
  const large = JSON.stringify({
    ...VALID,
    requests: Array.from({ length: 200 }, () => [FIRST, SECOND, THIRD]).flat(),
  });
  const edit = fc.record({
    at: fc.nat(large.length),
    removed: fc.nat(20),
    added: fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('{', '}', '[', ']', '"', 'null', '1e999', '\n'),
    ),
  });
  const property = fc.property(
    fc.constantFrom(TEXT, large),
    fc.array(edit, { maxLength: 6 }),
    (text, edits) => {
      const edited = edits.reduce(
        (so, { at, removed, added }) => so.slice(0, at) + added + so.slice(at + removed),
        text,
      );
      const error = errorOf(edited);
      if (error === undefined) return;
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toMatch(/^replay.*$/);
    },
  );
  fc.assert(property, { numRuns: numRuns * 15 });
});

function errorOf(given: unknown): unknown {
  try {
    readRecording(given);
    return undefined;
  } catch (error) {
    return error;
  }
}
