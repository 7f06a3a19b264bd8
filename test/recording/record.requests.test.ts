import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { BanksideError, WidgetBridge } from '../../src/index.ts';
import { type Recorder, type RecordOptions, record } from '../../src/recording.ts';
import { createTestTransport, type TestTransport } from '../../src/testing/doubles.ts';
import { withErrorReply } from '../../src/transport/transport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

interface Started {
  readonly bridge: WidgetBridge;
  readonly transport: TestTransport;
  readonly recorder: Recorder;
}

function start(options?: RecordOptions): Started {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport });
  bridge.attach({ handlePServerResponse() {} }, {});
  const recorder = record(bridge, undefined, options);
  onTestFinished(() => {
    recorder.stop();
    bridge.dispose();
  });
  return { bridge, transport, recorder };
}

/** The request that is sent with a body. */
function bodyOf(body: unknown, options?: RecordOptions): unknown {
  const { bridge, recorder } = start(options);
  bridge.delegate.sendRequestToPServer(null, body, 'r');
  return recorder.recording().requests[0]?.body;
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

it('S6: records a request and its reply with the same placeholders', async () => {
  const { bridge, transport, recorder } = start();
  bridge.delegate.sendRequestToPServer(
    { authToken: 'hush' },
    { type: 'getInsights', lang: 'fr', user: 'Jo' },
    '1',
  );
  await vi.advanceTimersByTimeAsync(40);
  transport.sent[0]?.answer({ ok: true, status: '200', insights: [{ id: 8700, title: 'Jo', seen: true }] });
  await settle();
  bridge.delegate.sendRequestToPServer(null, JSON.stringify({ type: 'getInsightDetails', id: '8700' }), '2');
  const { requests, ...head } = recorder.recording();
  expect(head).toEqual({ format: 'bankside recording', version: 1, duration: 40, isCut: false });
  expect(requests).toEqual([
    {
      at: 0,
      server: 'pserver',
      requestId: '1000001',
      body: { type: 'getInsights', lang: 'fr', 'text-3': 'text-2' },
      end: {
        after: 40,
        reply: { ok: true, status: '200', insights: [{ id: 1000004, title: 'text-2', seen: false }] },
      },
    },
    { at: 40, server: 'pserver', requestId: '1000005', body: '{"type":"getInsightDetails","id":"1000004"}' },
  ]);
});

it('S6: records failures by code and status, and the refusal that the widget got', async () => {
  const { bridge, transport, recorder } = start();
  bridge.send('enrich', { type: 'getUserSubscriptions' }).catch(() => {});
  bridge.send('ob', { type: 'getAccounts' }).catch(() => {});
  const details = { requestId: 1, server: 'ob', type: 'hush', elapsed: 1, status: 503 } as const;
  const refused = withErrorReply(new BanksideError('HTTP', 'hush', details), {
    response: { ok: false, status: '503', statusMessage: 'hush' },
  });
  transport.sent[0]?.fail(new Error('hush'));
  transport.sent[1]?.fail(refused);
  await settle();
  const [one, other] = recorder.recording().requests;
  expect(one?.end).toEqual({ after: 0, code: 'NETWORK' });
  expect(other?.end).toMatchObject({ code: 'HTTP', status: 503, reply: { ok: false, status: '503' } });
  expect(recorder.text()).not.toContain('hush');
});

it('S6: records the attempts that were repeated, each once', async () => {
  const { bridge, transport, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  const report = transport.sent[0]?.context.attempt;
  report?.({ state: 'sent', count: 1 });
  report?.({ state: 'retry', count: 1, status: 503, retryIn: 10 });
  report?.({ state: 'token', count: 1, status: 503 });
  report?.({ state: 'sent', count: 2 });
  await vi.advanceTimersByTimeAsync(10);
  report?.({ state: 'token', count: 2, status: 401 });
  report?.({ state: 'sent', count: 3 });
  report?.({ state: 'retry', count: 3, status: 41_111_111 });
  expect(recorder.recording().requests[0]?.retried).toEqual([
    { after: 0, status: 503 },
    { after: 10, status: 401 },
    { after: 10 },
  ]);
});

it('S6: records replies after the end', async () => {
  const { bridge, transport, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  transport.sent[0]?.answer({ ok: true });
  await vi.advanceTimersByTimeAsync(30);
  bridge.handlePServerResponse({ ok: true }, '1');
  expect(recorder.recording().requests[0]?.repliesAfterEnd).toEqual([30]);
});

it('S6: a call that was refused ends as it begins', async () => {
  const { bridge, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  await settle();
  const ends = recorder.recording().requests.map(({ end }) => end);
  expect(ends).toEqual([undefined, { after: 0, code: 'DUPLICATE_REQUEST' }]);
});

it('S6: a field keeps only its known values, and those of `allow`', () => {
  expect(bodyOf({ type: 'hush', lang: 'en-GB', protocolVersion: '2.6', deviceType: 'hush' })).toEqual({
    type: 'text-2',
    lang: 'en-GB',
    protocolVersion: '2.6',
    deviceType: 'text-2',
  });
  const allow = { type: ['getLoans'], branch: true } as const;
  expect(bodyOf({ type: 'getLoans', branch: 'North', other: 'North' }, { allow })).toEqual({
    type: 'getLoans',
    branch: 'North',
    'text-3': 'text-2',
  });
});

it('S6: a text of JSON is read at any depth', () => {
  expect(bodyOf({ type: 'getInsights', payload: '{"title":"hush","ok":true}' })).toEqual({
    type: 'getInsights',
    payload: '{"title":"text-2","ok":true}',
  });
});

it('S6: a text of JSON may have white space around it', () => {
  expect(bodyOf('\n {"type":"getInsights","title":"hush"} \n')).toBe(
    '{"type":"getInsights","title":"text-2"}',
  );
});

it('S6: `allow` for a field without a name keeps no other field', () => {
  const body = { type: 'getInsights', title: 'hush', secret: 'hush', '': 'North' };
  expect(bodyOf(body, { allow: { '': true } })).toEqual({
    type: 'getInsights',
    title: 'text-2',
    'text-3': 'text-2',
    '': 'North',
  });
});

it('S6: what cannot be read is replaced, and throws nothing', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const { bridge, recorder } = start();
  const cyclic: Record<string, unknown> = { type: 'getInsights', title: 'hush' };
  cyclic['data'] = cyclic;
  let deep: unknown = 'hush';
  for (let level = 0; level < 100; level += 1) deep = [deep];
  const getter = {
    type: 'getInsights',
    get title() {
      throw new Error('hush');
    },
  };
  const bodies = [cyclic, { type: 'getInsights', data: deep }, getter, { data: Array(100_000).fill('hush') }];
  for (const [at, body] of bodies.entries()) bridge.delegate.sendRequestToPServer(null, body, `r${at}`);
  expect(recorder.recording().requests).toHaveLength(bodies.length);
  expect(recorder.text()).not.toContain('hush');
  expect(report).not.toHaveBeenCalled();
});

it('S6: values of another window are read as those of this one', () => {
  const foreign: unknown = runInNewContext(
    '({ type: "getInsights", data: [{ title: "hush", seen: true }] })',
  );
  expect(bodyOf(foreign)).toEqual({ type: 'getInsights', data: [{ title: 'text-2', seen: false }] });
});

it('S6: the characters of a text, and the bytes of data, are not replaced one by one', async () => {
  const { bridge, transport, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  transport.sent[0]?.answer({
    ok: true,
    title: runInNewContext('new String("4111")'),
    number: runInNewContext('new Number(4111)'),
    data: [new Uint8Array([4, 1, 1, 1]), Buffer.from('4111')],
  });
  await settle();
  const [request] = recorder.recording().requests;
  expect(request?.end).toMatchObject({
    reply: { title: '1000002', number: 1000002, data: ['text-3', 'text-4'] },
  });
});

it('S6: equal numbers and texts of numbers have the same placeholder, and other texts another one', () => {
  const data = [8700, '8700', '08700', '8700.0', -8700, 0, -0, 1e21, '1e+21', 1e-7, '1e-7'];
  const { data: placeholders } = bodyOf({ data }) as { data: unknown[] };
  const texts = placeholders.map(String);
  expect(placeholders.map((value) => typeof value)).toEqual(data.map((value) => typeof value));
  const same = data.map((value) => data.findIndex((other) => `${other}` === `${value}`));
  expect(texts.map((text) => texts.indexOf(text))).toEqual(same);
});

it('S6: the text is JSON with a request a line, and ends with a line break', async () => {
  const { bridge, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  bridge.delegate.sendRequestToPServer(null, { type: 'getInboxInsights' }, '2');
  expect(recorder.text().split('\n')).toEqual([
    '{',
    '  "format": "bankside recording",',
    '  "version": 1,',
    '  "duration": 0,',
    '  "isCut": false,',
    '  "requests": [',
    '    {"at":0,"server":"pserver","requestId":"1000001","body":{"type":"getInsights"}},',
    '    {"at":0,"server":"pserver","requestId":"1000002","body":{"type":"getInboxInsights"}}',
    '  ]',
    '}',
    '',
  ]);
  expect(JSON.parse(recorder.text())).toEqual(recorder.recording());
});

it('S6: nothing is recorded after the limit, and the file is not larger than it', () => {
  const { bridge, recorder } = start({ maxBytes: 2_000, allow: { title: true } });
  for (let at = 0; at < 100; at += 1) {
    bridge.delegate.sendRequestToPServer(null, { type: 'getInsights', title: 'é'.repeat(50) }, `r${at}`);
  }
  const text = recorder.text();
  expect(recorder.recording().isCut).toBe(true);
  expect(recorder.recording().requests.length).toBeGreaterThan(2);
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(2_000);
  expect(recorder.bytes).toBeLessThanOrEqual(2_000);
  expect(recorder.bytes - new TextEncoder().encode(text).length).toSatisfy(
    (difference: number) => difference >= 0 && difference <= 250,
  );
});

it('S6: after `stop`, nothing more is recorded, and what was recorded can be read', async () => {
  const { bridge, recorder } = start();
  const other = record(bridge);
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  await vi.advanceTimersByTimeAsync(20);
  recorder.stop();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '2');
  await vi.advanceTimersByTimeAsync(20);
  recorder.stop();
  expect(recorder.recording()).toMatchObject({ duration: 20, requests: [{ at: 0 }] });
  expect(recorder.recording()).not.toBe(recorder.recording());
  expect(other.recording().requests).toHaveLength(2);
  other.stop();
});

it('S6: a bridge that is disposed ends its requests in the recording', async () => {
  const { bridge, recorder } = start();
  bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, '1');
  bridge.dispose();
  await settle();
  expect(recorder.recording().requests[0]?.end).toMatchObject({ code: 'DISPOSED' });
});

it.each([
  [
    'no source',
    () => record(undefined),
    "call 'record': expected a WidgetBridge, a QueuePoller, or both, got undefined",
  ],
  [
    'an object',
    () => record({} as never),
    "call 'record': expected a WidgetBridge as its first argument, got object",
  ],
  [
    'a poller in the place of the bridge',
    () => record({ on: () => {}, getSnapshot: () => ({ connections: new Map() }) } as never),
    "call 'record': expected a WidgetBridge as its first argument, got object",
  ],
  [
    'a bridge in the place of the poller',
    () => record(undefined, start().bridge as never),
    "call 'record': expected a QueuePoller as its second argument, got object",
  ],
  ['a slip', () => start({ alow: {} } as never), "option 'alow': an unknown name. Did you mean 'allow'?"],
  ['a size', () => start({ maxBytes: 0 }), "option 'maxBytes': expected a number above 0, got 0"],
  [
    'a list',
    () => start({ allow: ['type'] as never }),
    "option 'allow': expected an object of fields, got object",
  ],
  [
    'a value',
    () => start({ allow: { type: 'getLoans' as never } }),
    "option 'allow.type': expected true or a list of strings, got string",
  ],
])('S5: a clear error for %s', (_what, call, message) => {
  expect(call).toThrow(message);
});
