import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { reportOf } from '../../src/inspector/model/report.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { PollerMemory } from '../../src/queue/state/poller-memory.ts';
import { entriesIn, logOf } from '../inspector/fixtures/log-of.ts';
import { createFakeSource, waitForKind } from './fixtures/observed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Texts that could forge, hide or reorder lines, and values that are not texts. */
const HOSTILE: readonly (readonly [what: string, text: unknown])[] = [
  ['a line break', 'x\n00:00:00.000  PServer  getInsights  answered'],
  ['a line break of another kind', 'x\r\nqueue: stopped'],
  ['a line separator', 'x\u2028queue: stopped\u2029'],
  ['a next line', 'x\u0085queue: stopped'],
  ['marks of direction', '\u202edetrats\u202c \u2066x\u2069'],
  ['what nobody sees', 'get\u200bInsights\ufeff'],
  ['control characters', '\u001b[2Jx\u0000\u0008'],
  ['half a character', 'x\ud800'],
  ['words of a user', 'an account of a user'],
  ['markup', '<img src=x onerror=alert(1)>'],
  ['nothing', ''],
  ['a long text', 'x'.repeat(100_000)],
  ['a token', '0123456789abcdef0123456789abcdef'],
  ['an object that says something', { toString: () => 'x\nqueue: stopped', toJSON: () => 'x\n' }],
  ['an object that is no text', Object.create(null)],
  ['a list', ['x\nqueue: stopped']],
  ['a symbol', Symbol('x\nqueue: stopped')],
  ['a function', () => 'x'],
];

/** Every event of a bridge and a poller, with this in each field that another can have written. */
async function lifeWith(text: unknown, server: unknown = 'pserver'): Promise<LifeEvent[]> {
  const [bridge, poller] = [createFakeSource(), createFakeSource(new PollerMemory())];
  const emitted: LifeEvent[] = [];
  const request = { requestId: text, server, type: text, body: text, headers: { x: text } };
  const refused = { ...request };
  const observedBridge = {
    ...bridge,
    queue: undefined,
    subscribe: () => () => {},
    getSnapshot: () => ({ pending: [], disposed: false }),
  };
  const channel = { id: text, status: text, kind: text };
  const connection = { id: text, status: text, isDoubtful: text, channels: new Map([[text, channel]]) };
  const error = { code: text, message: text, details: { status: text, timeout: text, type: text } };
  const failure = { error, retryAt: text };
  const snapshot = { status: text, failure, connections: new Map([[text, connection]]) };
  const observedPoller = { ...poller, nextPollIn: text, getSnapshot: () => snapshot };
  const stop = observeLife(observedBridge as never, observedPoller as never, (event) => emitted.push(event));
  onTestFinished(stop);

  bridge.emit('request', { request });
  for (const state of ['token', 'sent', 'retry', text])
    bridge.emit('attempt', { request, state, count: text, status: text, retryIn: text });
  bridge.emit('droppedHeaders', { request, names: [text, 'x-user', text] });
  bridge.emit('droppedHeaders', { request, names: text });
  bridge.emit('reply', { request, response: text, duration: 1 });
  bridge.emit('failure', { request: refused, error: { ...error, code: 'DUPLICATE_REQUEST' }, duration: 1 });
  bridge.emit('failure', { error, duration: text });
  for (const reason of ['settled', 'unknown', text]) bridge.emit('orphan', { requestId: text, reason });
  bridge.emit('orphan', { requestId: text, reason: 'superseded', request });
  bridge.emit('widgetMessage', { name: text, data: text });
  bridge.emit('sessionEnded', { data: text, args: [text] });
  poller.emit('status', { status: text, previous: text });
  for (const kind of ['subscribed', 'resumed', 'expired']) poller.emit(kind, { queueId: text });
  poller.emit('subscribed', { queueId: text });
  poller.emit('poll', { queueId: text, events: 1, duration: 1 });
  poller.emit('gap', { reason: text, since: text });
  for (const resource of [{ id: text }, text, null])
    poller.emit('*', { id: text, event_type: text, channel_definition_id: text, resource });
  poller.emit('*', { id: text, event_type: text, resource_type: text, resource: { id: text } });
  poller.emit('connection', { connection, previous: connection, source: text });
  const change = { connectionId: text, channelDefinitionId: text, kind: text, status: text, previous: text };
  poller.emit('channel', { ...change, action: text, source: text });
  poller.emit('failure', { error, retryIn: 1 });
  poller.emit('reconciled', { connectionIds: [text] });
  await waitForKind(emitted, 'queue.reconciled');
  return emitted;
}

function reportWith(emitted: readonly LifeEvent[], browser: string): string {
  const log = logOf(...emitted);
  return reportOf(log, entriesIn(log), { now: 1_000, nextPollIn: undefined, failure: undefined, browser });
}

/** All values of an event. */
function valuesOf(event: LifeEvent): unknown[] {
  return Object.values(event).flat();
}

const NAME = /^[\w.:-]{1,48}$|^#[0-9a-f]{16}$|^#\d+$/;

describe.each(HOSTILE)('%s in each field of each event', (_what, text) => {
  test('S4 T4 is emitted as a name, a mark or a number, never as the text itself', async () => {
    for (const server of ['pserver', text]) {
      const emitted = await lifeWith(text, server);
      expect(new Set(emitted.map(({ kind }) => kind)).size).toBe(18);
      const values = emitted.flatMap(valuesOf).filter((value) => value !== undefined);
      for (const value of values) {
        if (typeof value === 'number') expect(value).not.toBeNaN();
        else if (typeof value !== 'boolean') expect(value).toEqual(expect.stringMatching(NAME));
      }
      expect(values).not.toContain(text);
    }
  });

  test('S4 cannot add or hide a line of a report', async () => {
    const emitted = await lifeWith(text);
    const browser = typeof text === 'string' ? text : 'A browser';
    const report = reportWith(emitted, browser);
    const harmless = reportWith(await lifeWith('harmless'), 'A browser');
    const lines = report.split('\n');
    expect(lines).toHaveLength(harmless.split('\n').length);
    for (const line of lines) expect(line).toMatch(/^[ -~…’→\ufffd]*$/);
    if (typeof text === 'string' && text && browser !== text) expect(report).not.toContain(text);
  });
});

test('a step with an unknown state is not emitted', async () => {
  const emitted = await lifeWith('constructor');
  expect(emitted.flatMap((event) => (event.kind === 'attempt' ? event.state : []))).toEqual([
    'token',
    'sent',
    'retry',
  ]);
});

test('the names of dropped headers are emitted, up to a hundred', async () => {
  const bridge = createFakeSource();
  const emitted: LifeEvent[] = [];
  const getSnapshot = () => ({ pending: [], disposed: false });
  const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot };
  const stop = observeLife(observed as never, undefined, (event) => emitted.push(event));
  const request = { requestId: '7', server: 'ob', type: 'getAccounts', body: {}, headers: {} };
  bridge.emit('request', { request });
  bridge.emit('droppedHeaders', { request, names: ['X-Forwarded-User', 'transfer-encoding'] });
  bridge.emit('droppedHeaders', { request, names: Array.from({ length: 120 }, (_, count) => `x-${count}`) });
  expect(emitted[1]).toEqual({
    kind: 'droppedHeaders',
    at: expect.any(Number),
    call: 1,
    requestId: '7',
    server: 'ob',
    type: 'getAccounts',
    names: ['X-Forwarded-User', 'transfer-encoding'],
  });
  expect(emitted[2]).toHaveProperty('names.length', 100);
  const report = reportWith(emitted, 'A browser');
  expect(report).toContain('Open Banking  2 headers were not sent  X-Forwarded-User, transfer-encoding');
  stop();
});
