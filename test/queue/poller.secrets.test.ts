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

const world = useQueueWorld();

/** Every secret starts with this word, so that one search finds all of them. */
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

/** The secrets that a log, a monitor or a debugger would show of a value. */
function leaksOf(value: unknown): string[] {
  const texts = [inspect(value, { depth: 20, showHidden: true, maxStringLength: null })];
  for (let each = value; each instanceof Error; each = each.cause) {
    texts.push(each.message, each.stack ?? '', JSON.stringify(each), inspect(each, { depth: 20 }));
  }
  return [...new Set(texts.join('\n').match(SECRET))];
}

/** Fails like HTTP clients that put the whole request on their errors. */
const breaksLoudly: Answer = ({ request }) => {
  const headers = Object.fromEntries(request.headers);
  const cause = new Error(`hush-cause ${headers['authorization']}`);
  throw Object.assign(new TypeError(`Failed: ${headers['authorization']}`, { cause }), { request, headers });
};

const answers: [string, Answer][] = [
  ['breaks', breaks],
  ['breaks with the request on the error', breaksLoudly],
  ['never answers', hangs],
  ['401', () => new Response('{"token":"hush-body"}', { status: 401 })],
  ['403', () => new Response('hush-body', { status: 403, statusText: 'hush' })],
  ['400', () => new Response('hush-body', { status: 400 })],
  ['500', () => new Response('hush-body', { status: 500, headers: { 'x-debug': 'hush-debug' } })],
  ['a redirect', () => status(302, { location: 'https://elsewhere.example/?token=hush-location' })],
  ['HTML', () => text('<p>hush-body</p>')],
  ['other JSON', () => json({ secret: 'hush-body' })],
  [
    'a list of other JSON',
    () => json(['hush-body', { id: 'hush-id', event_type: 'hush-1', resource_type: 7 }]),
  ],
  ['a queue that is nowhere', () => located('https://hush-host.example/hush-path')],
];

describe.each(['subscribe', 'poll', 'connection'] as Operation[])(
  'Q4 T4 no error contains a token, a header or a body, its cause included: %s',
  (operation) => {
    it.each(answers)('%s', async (_name, answer) => {
      const server = new ScriptedQueue().always(operation, answer);
      const { poller, emitted } = world.recordedPoller({
        fetch: server.fetch,
        accessToken: ({ rejected }) => (rejected ? 'hush-fresh-token' : 'hush-token'),
        headers: { 'x-csrf': 'hush-header', cookie: 'hush-cookie' },
        timeout: 1_000,
      });
      poller.track('c1');
      const started = poller.start().catch((error: unknown) => error);
      await world.pass(1_500);
      await poller.stop();

      const isFine = operation === 'subscribe' && /list|JSON|HTML/.test(_name);
      if (!isFine) expect(server.requests(operation)).not.toEqual([]);
      for (const failure of emitted.failure) expect(leaksOf(failure)).toEqual([]);
      if (operation !== 'connection' || !/nowhere/.test(_name)) expect(emitted.failure).not.toEqual([]);
      expect(leaksOf(await started)).toEqual([]);
      expect(logged.mock.calls.flatMap((call) => call.flatMap(leaksOf))).toEqual([]);
    });
  },
);

describe('T4 a function of the page that throws a secret, or returns an invalid one', () => {
  const functions: [string, Partial<QueuePollerOptions>, code: string][] = [
    ['accessToken throws', { accessToken: () => thrower('hush-thrown') }, 'NETWORK'],
    ['accessToken rejects', { accessToken: () => Promise.reject(new Error('hush-thrown')) }, 'NETWORK'],
    ['accessToken returns two lines', { accessToken: () => 'hush\ntoken' }, 'INVALID_OPTIONS'],
    [
      'accessToken returns an object',
      { accessToken: () => ({ token: 'hush-token' }) as never },
      'INVALID_OPTIONS',
    ],
    ['headers throws', { headers: () => thrower('hush-thrown') }, 'NETWORK'],
    ['headers rejects', { headers: () => Promise.reject(new Error('hush-thrown')) }, 'NETWORK'],
    ['headers returns invalid ones', { headers: () => ({ 'x-csrf': 'hush\nhush' }) }, 'INVALID_OPTIONS'],
  ];

  it.each(functions)('%s', async (_name, options, code) => {
    const server = new ScriptedQueue();
    const { poller, emitted } = world.recordedPoller({ fetch: server.fetch, ...options });
    const started = poller.start().catch((error: unknown) => error);

    await world.pass(0);

    expect(emitted.failure).toHaveLength(1);
    const [{ error } = {}] = emitted.failure;
    expect(error?.code).toBe(code);
    expect(leaksOf(error)).toEqual([]);
    expect(server.sent).toEqual([]);
    // A failure of the network is retried. For a wrong option, retrying will not help.
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
