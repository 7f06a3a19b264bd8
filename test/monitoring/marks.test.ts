import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMarks } from '../../src/monitoring/marks.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTeller, marksMade, observedBridge, settled, toldSoMuch } from './fixtures/observed.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.resetModules();
});

const KNOWN = 'a text that is known';
const LIKELY = ['a text of a user', 'another of a user', 'one that was never told'];

/** The marks of these texts, as they are told. */
async function marksOf(texts: readonly string[], observe = observeLife): Promise<string[]> {
  const { bridge, told, stop } = observing(observe);
  for (const requestId of texts) bridge.tell('orphan', { requestId, reason: 'unknown' });
  await toldSoMuch(told, texts.length);
  stop();
  return idsOf(told);
}

function observing(observe = observeLife) {
  const bridge = createTeller();
  const told: LifeEvent[] = [];
  const snapshot = { pending: [], disposed: false };
  const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => snapshot };
  const stop = observe(observed as never, undefined, (event) => told.push(event));
  return { bridge, told, stop };
}

function idsOf(told: readonly LifeEvent[]): string[] {
  return told.map((event) => ('requestId' in event && event.requestId) || '');
}

/** FNV-1a from another beginning, backwards: where it began, if it came to this mark with this text. */
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
  test('T4 of a known text gives away no other by a list of words', async () => {
    const [known = '', ...others] = await marksOf([KNOWN, ...LIKELY.slice(0, 2)]);
    const words = [0, 8].flatMap((at) => {
      const salt = beginningOf(KNOWN, Number.parseInt(known.slice(1 + at, 9 + at), 16));
      return LIKELY.map((text) => fnv(text, salt).toString(16).padStart(8, '0'));
    });
    expect(words.filter((word) => others.some((mark) => mark.includes(word)))).toEqual([]);
    expect(new Set([known, ...others]).size).toBe(3);
  });

  test('T4 is 64 bits of an HMAC-SHA-256, with a key that nobody can take out of the browser', async () => {
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

  test('is the same for the same text as long as the page lives, and in no other page', async () => {
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

  test('S4 costs no more for a text without end, and differs by its length and its beginning', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const long = 'a b '.repeat(300_000);
    const marks = await marksOf([long, long, `${long}.`, `.${long.slice(1)}`]);
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

  test('is told in its turn, with the time when it happened, and those behind it after it', async () => {
    const { bridge, told, stop } = observing();
    bridge.tell('sessionStarted', {});
    expect(told).toHaveLength(1);
    bridge.tell('orphan', { requestId: 'an id of words', reason: 'unknown' });
    vi.advanceTimersByTime(50);
    bridge.tell('sessionEnded', {});
    bridge.tell('orphan', { requestId: 'another of words', reason: 'unknown' });
    bridge.tell('sessionError', {});
    expect(told).toHaveLength(1);
    await toldSoMuch(told, 5);
    expect(told.map((event) => ('name' in event ? event.name : event.kind))).toEqual([
      'sessionStarted',
      'orphan',
      'sessionEnded',
      'orphan',
      'sessionError',
    ]);
    expect(told.map(({ at }) => Math.round(at - (told[0]?.at ?? 0)))).toEqual([0, 0, 50, 50, 50]);
    bridge.tell('sessionEnded', {});
    expect(told).toHaveLength(6);
    stop();
  });

  test('is not told any more once it was stopped', async () => {
    const { bridge, told, stop } = observing();
    bridge.tell('orphan', { requestId: 'an id of words', reason: 'unknown' });
    bridge.tell('sessionEnded', {});
    stop();
    await marksMade();
    expect(told).toEqual([]);
  });

  test('is told before the end of the bridge', async () => {
    const { bridge, told } = observedBridge();
    bridge.handlePServerResponse({}, 'an id of words');
    bridge.dispose();
    await toldSoMuch(told, 2);
    expect(told.map(({ kind }) => kind)).toEqual(['orphan', 'disposed']);
  });

  test('is the first of its request alone: the others know the mark, and are told within the call', async () => {
    const { bridge, transport, told } = observedBridge();
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const { delegate } = bridge;
    bridge.attach({ handlePServerResponse() {} }, {});
    delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'an id of words');
    await toldSoMuch(told, 1);
    const signed = sign.mock.calls.filter(([, , data]) => (data as Uint8Array).byteLength !== 64).length;
    expect(signed).toBe(1);
    transport.last.context.attempt?.({ state: 'sent', count: 1 });
    expect(told).toHaveLength(2);
    bridge.dispose();
    expect(told.map(({ kind }) => kind)).toEqual(['request', 'attempt', 'failure']);
    expect(new Set(idsOf(told)).size).toBe(1);
  });

  test('is told by a listener that makes more events, in the order of their coming', async () => {
    const bridge = createTeller();
    const told: string[] = [];
    const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => EMPTY };
    const stop = observeLife(observed as never, undefined, (event) => {
      if (event.kind === 'message') told.push(event.name.replace(/^#.*/, 'mark'));
      if (told.length === 1) bridge.tell('widgetMessage', { name: 'made by the listener' });
    });
    bridge.tell('widgetMessage', { name: 'a name of words' });
    bridge.tell('sessionEnded', {});
    await toldSoMuch(told, 3);
    expect(told).toEqual(['mark', 'sessionEnded', 'mark']);
    stop();
  });
});

const EMPTY = { pending: [], disposed: false };

describe.each([
  ['no crypto', undefined],
  ['no crypto.subtle, as in a page that is not secure', {}],
])('where there is %s', (_where, crypto) => {
  beforeEach(() => void vi.stubGlobal('crypto', crypto));

  test('T4 a mark is a number, in the order of coming, and told at once', () => {
    const { bridge, told, stop } = observing();
    for (const requestId of [KNOWN, 'another', 'a third of words', KNOWN, 'a fourth of words'])
      bridge.tell('orphan', { requestId, reason: 'unknown' });
    const [first = '', ...others] = idsOf(told);
    const number = Number(/^#(\d+)$/.exec(first)?.[1]);
    expect(others).toEqual(['another', `#${number + 1}`, first, `#${number + 2}`]);
    stop();
  });

  test('no two texts have one number, in no two observations', () => {
    const [one, other] = [observing(), observing()];
    one.bridge.tell('orphan', { requestId: KNOWN, reason: 'unknown' });
    other.bridge.tell('orphan', { requestId: 'another of words', reason: 'unknown' });
    expect(idsOf(one.told)).not.toEqual(idsOf(other.told));
    one.stop();
    other.stop();
  });

  test('T4 which text has which number is forgotten with the end of the observation, and of the bridge', async () => {
    const clear = vi.spyOn(Map.prototype, 'clear');
    const { bridge, stop } = observing();
    bridge.tell('orphan', { requestId: KNOWN, reason: 'unknown' });
    expect(clear).not.toHaveBeenCalled();
    stop();
    expect(clear).toHaveBeenCalledOnce();

    const observed = observedBridge();
    observed.bridge.handlePServerResponse({}, KNOWN);
    observed.bridge.dispose();
    clear.mockClear();
    await settled();
    expect(observed.told.map(({ kind }) => kind)).toEqual(['orphan', 'disposed']);
    expect(clear).toHaveBeenCalledOnce();

    const marks = createMarks();
    const { text } = marks.of(KNOWN);
    expect(marks.of(KNOWN).text).toBe(text);
    marks.forget();
    expect(marks.of(KNOWN).text).not.toBe(text);
  });

  test('S4 the newest thousand texts are remembered, and no more', () => {
    const { bridge, told, stop } = observing();
    const tell = (requestId: string) => bridge.tell('orphan', { requestId, reason: 'unknown' });
    for (let count = 0; count < 1_001; count += 1) tell(`text ${count}`);
    tell('text 1');
    tell('text 0');
    const ids = idsOf(told);
    expect(ids[1_001]).toBe(ids[1]);
    expect(ids[1_002]).not.toBe(ids[0]);
    stop();
  });
});

test('where the platform refuses to make a key, a mark is a number', async () => {
  vi.stubGlobal('crypto', { subtle: { generateKey: () => Promise.reject(new Error('refused')) } });
  vi.resetModules();
  const fresh = await import('../../src/monitoring.ts');
  const { bridge, told, stop } = observing(fresh.observeLife);
  for (const requestId of [KNOWN, 'another of words', KNOWN])
    bridge.tell('orphan', { requestId, reason: 'unknown' });
  await vi.waitFor(() => expect(told).toHaveLength(3));
  expect(idsOf(told)).toEqual(['#1', '#2', '#1']);
  stop();
});

describe('S4 a platform that is of no use ends in numbers, and loses no event', () => {
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
    const { bridge, told, stop } = await observingFresh({ subtle });
    const tell = (requestId: string) => bridge.tell('orphan', { requestId, reason: 'unknown' });
    for (const id of [KNOWN, 'plain', 'another of words', KNOWN]) tell(id);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(idsOf(told)).toEqual(['#1', 'plain', '#2', '#1']);
    tell('another of words');
    expect(idsOf(told).slice(4)).toEqual(['#2']);
    expect(vi.getTimerCount()).toBe(0);
    stop();
  });

  test('one that has signed while the page stood still, which is not taken for one that never does', async () => {
    let signed = (_bytes: ArrayBuffer): void => {};
    const sign = () =>
      new Promise<ArrayBuffer>((resolve) => {
        signed = resolve;
      });
    const subtle = { generateKey: () => Promise.resolve({}), sign };
    const { bridge, told, stop } = await observingFresh({ subtle });
    bridge.tell('orphan', { requestId: KNOWN, reason: 'unknown' });
    await settled();
    vi.advanceTimersByTime(2_600); // the first of the two timers comes before what was signed meanwhile
    signed(new Uint8Array(32).buffer);
    await settled();
    expect(idsOf(told)).toEqual([`#${'0'.repeat(16)}`]);
    expect(vi.getTimerCount()).toBe(0);
    stop();
  });

  test('one that throws where it is looked at', async () => {
    const { bridge, told, stop } = await observingFresh({
      get subtle() {
        throw new Error('locked down');
      },
    });
    bridge.tell('orphan', { requestId: KNOWN, reason: 'unknown' });
    expect(idsOf(told)).toEqual(['#1']);
    stop();
  });

  test('one where reportError throws as well as the listener', async () => {
    vi.stubGlobal('reportError', () => {
      throw new Error('not here');
    });
    const bridge = createTeller();
    const heard: string[] = [];
    const observed = { ...bridge, queue: undefined, subscribe: () => () => {}, getSnapshot: () => EMPTY };
    const stop = observeLife(observed as never, undefined, ({ kind }) => {
      heard.push(kind);
      throw new Error('of the listener');
    });
    bridge.tell('orphan', { requestId: KNOWN, reason: 'unknown' });
    bridge.tell('sessionStarted', {});
    await marksMade();
    bridge.tell('sessionEnded', {});
    expect(heard).toEqual(['orphan', 'message', 'message']);
    stop();
  });
});
