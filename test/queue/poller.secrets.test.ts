import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuePollerOptions } from '../../src/index.ts';
import {
  type Answer,
  breaks,
  hangs,
  json,
  located,
  type Operation,
  ScriptedQueue,
  status,
  text,
} from './fixtures/scripted-queue.ts';
import { useQueueWorld } from './fixtures/use-queue-world.ts';
import { witness } from './fixtures/witness.ts';

const world = useQueueWorld();

/** Every secret begins with this word, so that one look finds any of them. */
const SECRET = /hush[\w-]*/gi;

const logged = vi.fn();

beforeEach(() => {
  for (const method of ['debug', 'info', 'log', 'warn', 'error', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation(logged);
  }
  vi.stubGlobal('reportError', logged);
});

afterEach(() => {
  vi.unstubAllGlobals();
  logged.mockReset();
});

/** What a log, a monitor or a debugger would find on a value. */
function leaksOf(value: unknown): string[] {
  const texts = [inspect(value, { depth: 20, showHidden: true, maxStringLength: null })];
  for (let each = value; each instanceof Error; each = each.cause) {
    texts.push(each.message, each.stack ?? '', JSON.stringify(each), inspect(each, { depth: 20 }));
  }
  return [...new Set(texts.join('\n').match(SECRET))];
}

/** Breaks as HTTP clients do that put the whole request on their errors. */
const breaksLoudly: Answer = ({ request }) => {
  const headers = Object.fromEntries(request.headers);
  const cause = new Error(`hush-cause ${headers['authorization']}`);
  throw Object.assign(new TypeError(`Failed: ${headers['authorization']}`, { cause }), { request, headers });
};

const answers: [string, Answer][] = [
  ['breaks', breaks],
  ['breaks with the request on the error', breaksLoudly],
  ['never comes', hangs],
  ['401', () => new Response('{"token":"hush-body"}', { status: 401 })],
  ['403', () => new Response('hush-body', { status: 403, statusText: 'hush' })],
  ['400', () => new Response('hush-body', { status: 400 })],
  ['500', () => new Response('hush-body', { status: 500, headers: { 'x-debug': 'hush-debug' } })],
  ['a redirect', () => status(302, { location: 'https://elsewhere.example/?token=hush-location' })],
  ['HTML', () => text('<p>hush-body</p>')],
  ['JSON of something else', () => json({ secret: 'hush-body' })],
  [
    'a list of something else',
    () => json(['hush-body', { id: 'hush-id', event_type: 'hush-1', resource_type: 7 }]),
  ],
  ['a queue that is nowhere', () => located('https://hush-host.example/hush-path')],
];

describe.each(['subscribe', 'poll', 'connection'] as Operation[])(
  'Q4 T4 no error holds a token, a header or a body, its cause included: %s',
  (operation) => {
    it.each(answers)('%s', async (_name, answer) => {
      const server = new ScriptedQueue().always(operation, answer);
      const poller = world.poller({
        fetch: server.fetch,
        accessToken: ({ rejected }) => (rejected ? 'hush-fresh-token' : 'hush-token'),
        headers: { 'x-csrf': 'hush-header', cookie: 'hush-cookie' },
        timeout: 1_000,
      });
      const { told } = witness(poller);
      poller.track('c1');
      const started = poller.start().catch((error: unknown) => error);
      await world.pass(1_500);
      await poller.stop();

      const isFine = operation === 'subscribe' && /list|JSON|HTML/.test(_name);
      if (!isFine) expect(server.of(operation)).not.toEqual([]);
      for (const failure of told.failure) expect(leaksOf(failure)).toEqual([]);
      if (operation !== 'connection' || !/nowhere/.test(_name)) expect(told.failure).not.toEqual([]);
      expect(leaksOf(await started)).toEqual([]);
      expect(logged.mock.calls.flatMap((call) => call.flatMap(leaksOf))).toEqual([]);
    });
  },
);

describe('T4 a function of the page’s that throws a secret, or gives what is none', () => {
  const functions: [string, Partial<QueuePollerOptions>, code: string][] = [
    ['accessToken throws', { accessToken: () => thrower('hush-thrown') }, 'NETWORK'],
    ['accessToken rejects', { accessToken: () => Promise.reject(new Error('hush-thrown')) }, 'NETWORK'],
    ['accessToken gives two lines', { accessToken: () => 'hush\ntoken' }, 'INVALID_OPTIONS'],
    [
      'accessToken gives an object',
      { accessToken: () => ({ token: 'hush-token' }) as never },
      'INVALID_OPTIONS',
    ],
    ['headers throws', { headers: () => thrower('hush-thrown') }, 'NETWORK'],
    ['headers rejects', { headers: () => Promise.reject(new Error('hush-thrown')) }, 'NETWORK'],
    ['headers gives bad ones', { headers: () => ({ 'x-csrf': 'hush\nhush' }) }, 'INVALID_OPTIONS'],
  ];

  it.each(functions)('%s', async (_name, options, code) => {
    const server = new ScriptedQueue();
    const poller = world.poller({ fetch: server.fetch, ...options });
    const { told } = witness(poller);
    const started = poller.start().catch((error: unknown) => error);

    await world.pass(0);

    expect(told.failure).toHaveLength(1);
    const [{ error } = {}] = told.failure;
    expect(error?.code).toBe(code);
    expect(leaksOf(error)).toEqual([]);
    expect(server.sent).toEqual([]);
    // What time does not mend is the end; what may be the network's fault is tried again.
    expect(poller.status).toBe(code === 'INVALID_OPTIONS' ? 'failed' : 'subscribing');
    if (code === 'INVALID_OPTIONS') expect(await started).toBe(error);
  });
});

it('T4 neither the poller nor its snapshot shows the token', async () => {
  const server = new ScriptedQueue();
  const headers = { 'x-csrf': 'hush-header' };
  const poller = world.poller({ fetch: server.fetch, accessToken: 'hush-token', headers });
  poller.start();
  await world.pass(0);

  expect(leaksOf(poller)).toEqual([]);
  expect(leaksOf(poller.getSnapshot())).toEqual([]);
  expect(JSON.stringify(poller)).not.toContain('hush');
});

function thrower(message: string): never {
  throw new Error(message);
}
