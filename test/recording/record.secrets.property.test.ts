import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnyBanksideError, BanksideError, type ConnectionState, WidgetBridge } from '../../src/index.ts';
import { FIELD_NAMES } from '../../src/recording/known-fields.ts';
import { knownRules } from '../../src/recording/known-values.ts';
import { type RecordedPoller, type Recorder, record } from '../../src/recording.ts';
import { createTestTransport, type TestTransport } from '../../src/testing/doubles.ts';
import { readRecording } from '../../src/testing/replay/read-recording.ts';
import { withErrorReply } from '../../src/transport/transport.ts';
import { numRuns } from '../harness/property-runs.ts';

/** Secrets in the forms that values have: words, long numbers, upper case, dates, addresses, IBANs. */
const secret = fc.oneof(
  fc.stringMatching(/^hush[A-Za-z0-9é"\\/ ]{6,20}$/),
  fc.stringMatching(/^[4-9]\d{11}$/),
  fc.stringMatching(/^HUSH_[A-Z]{6,12}$/),
  fc.stringMatching(/^19[4-8]\d-0[1-9]-1\d$/),
  fc.stringMatching(/^DE[3-9]\d{19}$/),
  fc.stringMatching(/^https:\/\/hush[a-z]{6,9}\.example\/\?q=[a-z]{6,9}$/),
);

/** A known field, with or without values that stay, or another one. */
const field = fc.oneof(
  fc.constantFrom(...knownRules().keys()),
  fc.constantFrom(...FIELD_NAMES),
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.constant('__proto__'),
);

/** How a secret stands in a body, a reply or an event. */
const FORMS: readonly ((secret: string, field: string) => unknown)[] = [
  (text) => text,
  (text) => Number.parseInt(text.replace(/\D/g, ''), 10) || text,
  (text, name) => ({ [name]: text }),
  (text) => ({ [text]: true }),
  (text, name) => ({ [name]: [text, { [name]: text }] }),
  (text, name) => JSON.stringify({ [name]: text }),
  (text, name) => ({ [name]: JSON.stringify([{ [text]: text }]) }),
  (text, name) => ({ [name]: base64(JSON.stringify({ [name]: text })) }),
  (text, name) => ({ [name]: `${text}, and words around it` }),
  (text, name) => ({ [name]: { toJSON: () => text } }),
  (text, name) => ({
    get [name]() {
      throw new Error(text);
    },
  }),
  (text, name) => ({ [Symbol(text)]: text, [name]: () => text }),
  (text) => Proxy.revocable({ text }, {}).proxy,
  (text) => new Map([[text, text]]),
  // Near a secret, from which one could compute it.
  (text, name) => ({ [name]: [-Number(text), Number(text) / 100, Number(text) * 1e20, Number(text) / 1e30] }),
  (text, name) => ({ [name]: runInNewContext('new String(text)', { text }) }),
  (text, name) => ({ [name]: `\ufeff\n ${JSON.stringify({ [name]: text })}` }),
  (text, name) => ({ [name]: base64Url(JSON.stringify({ a: text })) }),
  (text, name) => ({ [name]: { [name]: { type: [[text]], status: { status: text } } } }),
  (text, name) => ({ [name]: Buffer.from(text), data: new TextEncoder().encode(text) }),
  (text, name) => JSON.parse(`{"__proto__":${JSON.stringify({ [name]: text })}}`),
];

const planted = fc
  .tuple(secret, field, fc.constantFrom(...FORMS))
  .map(([text, name, form]) => ({ text, name, value: form(text, name) }));

type Planted = typeof planted extends fc.Arbitrary<infer P> ? P : never;

interface World {
  readonly bridge: WidgetBridge;
  readonly transport: TestTransport;
  readonly emit: (type: string, event: unknown) => void;
}

/** Each step puts a secret where a bridge or a poller may get one. */
const STEPS: readonly ((world: World, planted: Planted) => unknown)[] = [
  ({ bridge }, { name, value }) =>
    bridge.delegate.sendRequestToPServer(null, { type: 'getInsights', [name]: value }, '1'),
  ({ bridge }, { value }) => bridge.delegate.sendRequestToPServer(null, value, '2'),
  ({ bridge }, { text }) => bridge.delegate.sendRequestToPServer({ authToken: text }, { type: text }, text),
  ({ bridge }, { name, text }) =>
    bridge.delegate.sendRequestToPServer(null, JSON.stringify({ type: 'getInsights', [name]: text }), '3'),
  ({ bridge }, { name, value }) => bridge.send('enrich', { type: 'rate', [name]: value }).catch(() => {}),
  ({ transport }, { text }) =>
    transport.sent.at(-1)?.context.attempt?.({ state: 'retry', count: text, status: text } as never),
  ({ transport }, { text }) =>
    transport.sent.at(-1)?.context.attempt?.({ state: 'retry', count: 1, status: Number(text) }),
  ({ transport }, { name, value }) => transport.sent.at(-1)?.answer({ ok: true, [name]: value }),
  ({ transport }, { value }) => transport.sent.at(-1)?.answer(value),
  ({ transport }, { value }) => transport.sent.at(-1)?.fail(value),
  ({ transport }, { name, value, text }) =>
    transport.sent.at(-1)?.fail(withErrorReply(errorWith(text), { response: { ok: false, [name]: value } })),
  ({ bridge }, { value, text }) => bridge.handlePServerResponse(value, text),
  ({ bridge }, { value, name }) => bridge.handlePServerResponse({ ok: true, [name]: value }, '1'),
  ({ emit }, { name, value }) =>
    emit('*', { id: 'e', event_type: 'LIST_ACCOUNTS', [name]: value, resource: { [name]: value } }),
  ({ emit }, { value }) => emit('*', value),
  ({ emit }, { text }) => emit('failure', { error: errorWith(text), retryIn: text }),
  ({ emit }, { text }) => emit('poll', { queueId: text, events: text, duration: text }),
  ({ emit }, { text }) => emit('gap', { reason: text, since: text }),
  ({ emit }, { text }) => emit('subscribed', { queueId: text }),
  ({ emit }, { text }) => emit('reconciled', { connectionIds: ['c1', text] }),
];

function errorWith(text: string): AnyBanksideError {
  const status = Number(text);
  const details = { requestId: text, server: text, type: text, elapsed: 1, status, timeout: status };
  return new BanksideError(text as 'HTTP', text, details as never, {
    cause: new Error(text),
  }) as AnyBanksideError;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A poller whose events the test emits, and whose only connection has the secrets of all fields. */
function fakePoller(text: string): { poller: RecordedPoller; emit: World['emit'] } {
  const handlers = new Map<string, (event: never) => void>();
  const channel = { id: text, status: text, kind: text, expiresAt: Number(text), lastEndAt: text };
  const channels = new Map([[text, channel]]);
  const state = { id: text, name: text, providerId: text, status: text, channels, action: text };
  const connections = new Map([['c1', state as unknown as ConnectionState]]);
  const poller = {
    getSnapshot: () => ({ connections }),
    on(type: string, handler: (event: never) => void) {
      handlers.set(type, handler);
      return () => handlers.delete(type);
    },
  } as unknown as RecordedPoller;
  return { poller, emit: (type, event) => handlers.get(type)?.(event as never) };
}

function base64Url(text: string): string {
  return base64(text).replaceAll('+', '-').replaceAll('/', '_');
}

/** The characters of Base64 that stand for a part of a text, wherever it begins among groups of three bytes. */
function base64Parts(part: string): string[] {
  return ['', 'x', 'xx'].flatMap((before) => {
    const from = Math.ceil((before.length * 8) / 6);
    return [base64, base64Url].map((encode) =>
      encode(before + part)
        .replace(/=+$/, '')
        .slice(from, -2),
    );
  });
}

/** The ways in which a secret could stand in a file. */
function encodings(text: string): string[] {
  const digits = text.replace(/\D/g, '');
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [text, json, JSON.stringify(json).slice(1, -1), encodeURIComponent(text), encodeURI(text)];
  const numbers = [digits, `${Number(digits)}`, `${Number(digits) / 100}`, [...Buffer.from(text)].join()];
  return [...forms, ...base64Parts(text), ...base64Parts(json), ...(digits.length >= 8 ? numbers : [])];
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

async function run(chosen: readonly (readonly [(typeof STEPS)[number], Planted])[]): Promise<Recorder> {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  bridge.attach({ handlePServerResponse() {} }, {});
  const { poller, emit } = fakePoller(chosen[0]?.[1].text ?? 'hush');
  const recorder = record(bridge, poller, {
    // A field without a name is no other field.
    allow: { branch: ['North'], type: ['getLoans'], '': true },
  });
  for (const [step, given] of chosen) {
    try {
      step({ bridge, transport, emit }, given);
    } catch {
      // A bridge may refuse what cannot be read.
    }
    await settled();
  }
  bridge.dispose();
  await settled();
  recorder.stop();
  return recorder;
}

test('S6: no secret is in a recording, wherever it was planted', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), planted), { minLength: 1, maxLength: 12 });
  const property = fc.asyncProperty(steps, async (chosen) => {
    const text = (await run(chosen)).text();
    expect(() => readRecording(text)).not.toThrow();
    for (const [, { text: hidden }] of chosen) {
      for (const form of encodings(hidden)) expect(text).not.toContain(form);
    }
  });
  await fc.assert(property, { numRuns: numRuns * 5 });
});

test('S6: equal values have equal placeholders, and different ones different ones', async () => {
  const values = fc.uniqueArray(fc.oneof(secret, fc.integer().map(String), fc.string({ minLength: 1 })), {
    minLength: 2,
    maxLength: 8,
  });
  const property = fc.asyncProperty(values, async (unique) => {
    const readable = unique.filter((value) => !/^[[{]/.test(value));
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    bridge.attach({ handlePServerResponse() {} }, {});
    const recorder = record(bridge);
    bridge.delegate.sendRequestToPServer(null, { type: 'getInsights', texts: readable }, 'r');
    transport.sent[0]?.answer({ ok: true, texts: [...readable].reverse() });
    await settled();
    const [request] = recorder.recording().requests;
    const body = request?.body as { texts: string[] } | undefined;
    const end = request?.end as { reply: { texts: string[] } } | undefined;
    const sent = body?.texts ?? [];
    expect(end?.reply.texts).toEqual([...sent].reverse());
    expect(new Set(sent).size).toBe(readable.length);
    recorder.stop();
    bridge.dispose();
  });
  await fc.assert(property, { numRuns });
});

test('S6: no rule of a field lets a secret stay', () => {
  const rules = [...knownRules()];
  const property = fc.property(secret, (text) => {
    for (const form of [text, text.toLowerCase()]) {
      expect(rules.filter(([, rule]) => rule(form))).toEqual([]);
    }
  });
  fc.assert(property, { numRuns });
});
