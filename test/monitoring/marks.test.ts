import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Marks } from '../../src/monitoring/marks.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import {
  createFakeSource,
  marksFinished,
  observedBridge,
  settled,
  waitForCount,
} from './fixtures/observed.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.resetModules();
});

const KNOWN = 'a text that is known';
const LIKELY = ['a text of a user', 'another of a user', 'one that was never emitted'];

/** The emitted marks of these texts. */
async function marksOf(texts: readonly string[], observe = observeLife): Promise<string[]> {
  const { bridge, emitted, stop } = observing(observe);
  for (const requestId of texts) bridge.emit('orphan', { requestId, reason: 'unknown' });
  await waitForCount(emitted, texts.length);
  stop();
  return idsOf(emitted);
}

function observing(observe = observeLife) {
  const bridge = createFakeSource();
  const emitted: LifeEvent[] = [];
  const snapshot = { pending: [], disposed: false };
  const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => snapshot };
  const stop = observe(observed as never, undefined, (event) => emitted.push(event));
  return { bridge, emitted, stop };
}

function idsOf(emitted: readonly LifeEvent[]): string[] {
  return emitted.map((event) => ('requestId' in event && event.requestId) || '');
}

/** FNV-1a backwards: the start value that turns this text into this mark. */
function beginningOf(text: string, mark: number): number {
  const inverse = 0x359c449b; // of the prime 0x01000193, modulo 2 ** 32
  let hash = mark;
  for (const character of [...text].reverse()) hash = Math.imul(hash, inverse) ^ character.charCodeAt(0);
  return hash;
}

function fnv(text: string, beginning: number): number {
  let hash = beginning;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

describe('a mark', () => {
  test('T4 of a known text does not reveal other texts to a dictionary attack', async () => {
    const [known = '', ...others] = await marksOf([KNOWN, ...LIKELY.slice(0, 2)]);
    const words = [0, 8].flatMap((at) => {
      const salt = beginningOf(KNOWN, Number.parseInt(known.slice(1 + at, 9 + at), 16));
      return LIKELY.map((text) => fnv(text, salt).toString(16).padStart(8, '0'));
    });
    expect(words.filter((word) => others.some((mark) => mark.includes(word)))).toEqual([]);
    expect(new Set([known, ...others]).size).toBe(3);
  });

  test('T4 is 64 bits of an HMAC-SHA-256, with a key that cannot be exported from the browser', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const [mark] = await marksOf([KNOWN]);
    expect(await marksOf([KNOWN])).toEqual([mark]);
    const calls = sign.mock.calls.filter(([, , data]) => new TextDecoder().decode(data).includes(KNOWN));
    const [first, second] = calls.map(([, made]) => made);
    const key = first as CryptoKey;
    expect(second).toBe(key);
    expect(key).toMatchObject({ extractable: false, usages: ['sign'], algorithm: { name: 'HMAC' } });
    expect(key.algorithm).toMatchObject({ hash: { name: 'SHA-256' } });
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    const signed = new TextEncoder().encode(JSON.stringify([KNOWN.length, KNOWN]));
    const bytes = [...new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))];
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(mark).toBe(`#${hex.slice(0, 16)}`);
  });

  test('is the same for the same text until the page is closed, and differs in other pages', async () => {
    const [one, same, other] = await marksOf([KNOWN, KNOWN, `${KNOWN}.`]);
    expect(one).toMatch(/^#[0-9a-f]{16}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(await marksOf([KNOWN])).toEqual([one]);
    vi.resetModules();
    const anotherPage = await import('../../src/monitoring.ts');
    const [elsewhere] = await marksOf([KNOWN], anotherPage.observeLife);
    expect(elsewhere).toMatch(/^#[0-9a-f]{16}$/);
    expect(elsewhere).not.toBe(one);
  });

  test('S4 costs no more for a very long text, and depends on its length and its beginning', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const long = 'a b '.repeat(300_000);
    const made = [long, long, `${long}.`, `.${long.slice(1)}`].map((text) => new Marks().of(text));
    await Promise.all(made.map(({ finished }) => finished));
    const marks = made.map(({ text }) => text);
    const sizes = sign.mock.calls.map(([, , data]) => (data as Uint8Array).byteLength);
    expect(sizes.filter((size) => size > 1_000)).toHaveLength(4);
    expect(Math.max(...sizes)).toBeLessThan(1_100);
    expect(marks[1]).toBe(marks[0]);
    expect(new Set(marks).size).toBe(3);
  });
});

describe('an event that waits for its mark', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  test('is emitted in order, with the time when it happened, and later events after it', async () => {
    const { bridge, emitted, stop } = observing();
    bridge.emit('sessionStarted', {});
    expect(emitted).toHaveLength(1);
    bridge.emit('orphan', { requestId: 'an id of words', reason: 'unknown' });
    vi.advanceTimersByTime(50);
    bridge.emit('sessionEnded', {});
    bridge.emit('orphan', { requestId: 'another of words', reason: 'unknown' });
    bridge.emit('sessionError', {});
    expect(emitted).toHaveLength(1);
    await waitForCount(emitted, 5);
    expect(emitted.map((event) => ('name' in event ? event.name : event.kind))).toEqual([
      'sessionStarted',
      'orphan',
      'sessionEnded',
      'orphan',
      'sessionError',
    ]);
    expect(emitted.map(({ at }) => Math.round(at - (emitted[0]?.at ?? 0)))).toEqual([0, 0, 50, 50, 50]);
    bridge.emit('sessionEnded', {});
    expect(emitted).toHaveLength(6);
    stop();
  });

  test('is not emitted after the observation was stopped', async () => {
    const { bridge, emitted, stop } = observing();
    bridge.emit('orphan', { requestId: 'an id of words', reason: 'unknown' });
    bridge.emit('sessionEnded', {});
    stop();
    await marksFinished();
    expect(emitted).toEqual([]);
  });

  test('is emitted before the end of the bridge', async () => {
    const { bridge, emitted } = observedBridge();
    bridge.handlePServerResponse({}, 'an id of words');
    bridge.dispose();
    await waitForCount(emitted, 2);
    expect(emitted.map(({ kind }) => kind)).toEqual(['orphan', 'disposed']);
  });

  test('is only the first of its request: the others reuse the mark, and are emitted during the call', async () => {
    const { bridge, transport, emitted } = observedBridge();
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const { delegate } = bridge;
    bridge.attach({ handlePServerResponse() {} }, {});
    delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'an id of words');
    await waitForCount(emitted, 1);
    const signed = sign.mock.calls.filter(([, , data]) => (data as Uint8Array).byteLength !== 64).length;
    expect(signed).toBe(1);
    transport.last.context.attempt?.({ state: 'sent', count: 1 });
    expect(emitted).toHaveLength(2);
    bridge.dispose();
    expect(emitted.map(({ kind }) => kind)).toEqual(['request', 'attempt', 'failure']);
    expect(new Set(idsOf(emitted)).size).toBe(1);
  });

  test('is emitted in order, even if the listener causes more events', async () => {
    const bridge = createFakeSource();
    const emitted: string[] = [];
    const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => EMPTY };
    const stop = observeLife(observed as never, undefined, (event) => {
      if (event.kind === 'message') emitted.push(event.name.replace(/^#.*/, 'mark'));
      if (emitted.length === 1) bridge.emit('widgetMessage', { name: 'made by the listener' });
    });
    bridge.emit('widgetMessage', { name: 'a name of words' });
    bridge.emit('sessionEnded', {});
    await waitForCount(emitted, 3);
    expect(emitted).toEqual(['mark', 'sessionEnded', 'mark']);
    stop();
  });
});

const EMPTY = { pending: [], disposed: false };

describe.each([
  ['no crypto', undefined],
  ['no crypto.subtle, as in a page that is not secure', {}],
])('with %s', (_where, crypto) => {
  beforeEach(() => void vi.stubGlobal('crypto', crypto));

  test('T4 a mark is a number that counts the texts, and is emitted at once', () => {
    const { bridge, emitted, stop } = observing();
    for (const requestId of [KNOWN, 'another', 'a third of words', KNOWN, 'a fourth of words'])
      bridge.emit('orphan', { requestId, reason: 'unknown' });
    const [first = '', ...others] = idsOf(emitted);
    const number = Number(/^#(\d+)$/.exec(first)?.[1]);
    expect(others).toEqual(['another', `#${number + 1}`, first, `#${number + 2}`]);
    stop();
  });

  test('two texts never share a number, even in two observations', () => {
    const [one, other] = [observing(), observing()];
    one.bridge.emit('orphan', { requestId: KNOWN, reason: 'unknown' });
    other.bridge.emit('orphan', { requestId: 'another of words', reason: 'unknown' });
    expect(idsOf(one.emitted)).not.toEqual(idsOf(other.emitted));
    one.stop();
    other.stop();
  });

  test('T4 the numbers of texts are forgotten at the end of the observation or of the bridge', async () => {
    const clear = vi.spyOn(Map.prototype, 'clear');
    const { bridge, stop } = observing();
    bridge.emit('orphan', { requestId: KNOWN, reason: 'unknown' });
    expect(clear).not.toHaveBeenCalled();
    stop();
    expect(clear).toHaveBeenCalledOnce();

    const observed = observedBridge();
    observed.bridge.handlePServerResponse({}, KNOWN);
    observed.bridge.dispose();
    clear.mockClear();
    await settled();
    expect(observed.emitted.map(({ kind }) => kind)).toEqual(['orphan', 'disposed']);
    expect(clear).toHaveBeenCalledOnce();

    const marks = new Marks();
    const { text } = marks.of(KNOWN);
    expect(marks.of(KNOWN).text).toBe(text);
    marks.forget();
    expect(marks.of(KNOWN).text).not.toBe(text);
  });

  test('S4 only the newest thousand texts are remembered', () => {
    const { bridge, emitted, stop } = observing();
    const emit = (requestId: string) => bridge.emit('orphan', { requestId, reason: 'unknown' });
    for (let count = 0; count < 1_001; count += 1) emit(`text ${count}`);
    emit('text 1');
    emit('text 0');
    const ids = idsOf(emitted);
    expect(ids[1_001]).toBe(ids[1]);
    expect(ids[1_002]).not.toBe(ids[0]);
    stop();
  });
});

test('if the platform cannot create a key, a mark is a number', async () => {
  vi.stubGlobal('crypto', { subtle: { generateKey: () => Promise.reject(new Error('refused')) } });
  vi.resetModules();
  const fresh = await import('../../src/monitoring.ts');
  const { bridge, emitted, stop } = observing(fresh.observeLife);
  for (const requestId of [KNOWN, 'another of words', KNOWN])
    bridge.emit('orphan', { requestId, reason: 'unknown' });
  await vi.waitFor(() => expect(emitted).toHaveLength(3));
  expect(idsOf(emitted)).toEqual(['#1', '#2', '#1']);
  stop();
});

describe('S4 if hashing fails, marks are numbers, and no event is lost', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function observingFresh(crypto: object) {
    vi.stubGlobal('crypto', crypto);
    vi.resetModules();
    const fresh = await import('../../src/monitoring.ts');
    return observing(fresh.observeLife);
  }
  const never = () => new Promise(() => {});

  test.each([
    ['makes no key, and does not say so', { generateKey: never }],
    ['makes a key, and never signs', { generateKey: () => Promise.resolve({}), sign: never }],
  ])('one that %s', async (_what, subtle) => {
    const { bridge, emitted, stop } = await observingFresh({ subtle });
    const emit = (requestId: string) => bridge.emit('orphan', { requestId, reason: 'unknown' });
    for (const id of [KNOWN, 'plain', 'another of words', KNOWN]) emit(id);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(emitted).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(idsOf(emitted)).toEqual(['#1', 'plain', '#2', '#1']);
    emit('another of words');
    expect(idsOf(emitted).slice(4)).toEqual(['#2']);
    expect(vi.getTimerCount()).toBe(0);
    stop();
  });

  test('one that signs while the page is frozen is not treated as broken', async () => {
    let signed = (_bytes: ArrayBuffer): void => {};
    const sign = () =>
      new Promise<ArrayBuffer>((resolve) => {
        signed = resolve;
      });
    const subtle = { generateKey: () => Promise.resolve({}), sign };
    const { bridge, emitted, stop } = await observingFresh({ subtle });
    bridge.emit('orphan', { requestId: KNOWN, reason: 'unknown' });
    await settled();
    vi.advanceTimersByTime(2_600); // the first of the two timers fires before the signature that is ready
    signed(new Uint8Array(32).buffer);
    await settled();
    expect(idsOf(emitted)).toEqual([`#${'0'.repeat(16)}`]);
    expect(vi.getTimerCount()).toBe(0);
    stop();
  });

  test('one that throws on access', async () => {
    const { bridge, emitted, stop } = await observingFresh({
      get subtle() {
        throw new Error('locked down');
      },
    });
    bridge.emit('orphan', { requestId: KNOWN, reason: 'unknown' });
    expect(idsOf(emitted)).toEqual(['#1']);
    stop();
  });

  test('one whose reportError throws, like the listener', async () => {
    vi.stubGlobal('reportError', () => {
      throw new Error('not here');
    });
    const bridge = createFakeSource();
    const heard: string[] = [];
    const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => EMPTY };
    const stop = observeLife(observed as never, undefined, ({ kind }) => {
      heard.push(kind);
      throw new Error('of the listener');
    });
    bridge.emit('orphan', { requestId: KNOWN, reason: 'unknown' });
    bridge.emit('sessionStarted', {});
    await marksFinished();
    bridge.emit('sessionEnded', {});
    expect(heard).toEqual(['orphan', 'message', 'message']);
    stop();
  });
});
