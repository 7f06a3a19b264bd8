import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type QueueEvent, QueuePoller } from '../../src/index.ts';
import {
  json as answer,
  text as answered,
  located,
  ScriptedQueue,
  status,
} from '../queue/fixtures/scripted-queue.ts';
import { VirtualTime } from '../queue/fixtures/virtual-time.ts';
import { connection, event } from './fixtures/events.ts';
import { answerText, expectCleanPrototypes, expectDiscreet, json, text } from './fixtures/hostile.ts';

const BASE = 'https://bank.example/linxo';

let time: VirtualTime;

beforeEach(() => {
  time = new VirtualTime(Date.UTC(2026, 0, 5, 9));
  time.install();
  vi.stubGlobal('reportError', (error: unknown) => {
    throw error;
  });
});

afterEach(() => {
  time.uninstall();
  vi.unstubAllGlobals();
});

/** Starts a poller whose read gets this answer. Resolves with the ids of the delivered events. */
async function follow(server: ScriptedQueue, look: (poller: QueuePoller) => void): Promise<string[]> {
  const poller = new QueuePoller({
    baseUrl: BASE,
    accessToken: 'token',
    storage: false,
    fetch: server.fetch,
    schedule: { close: 60_000, idle: 60_000, closeFor: 1, reconcile: 600_000 },
  });
  const heard: string[] = [];
  poller.on('*', ({ id }) => heard.push(id));
  const failures: unknown[] = [];
  poller.on('failure', ({ error }) => failures.push(error));
  poller.start().catch(() => {});
  await time.settle();
  look(poller);
  await time.pass(130_000);
  await poller.stop();
  expect(time.timers).toBe(0);
  for (const error of failures) expectDiscreet(error);
  // Requests went only to addresses of the queue and its connections.
  for (const { request } of server.sent) {
    expect(request.url).toMatch(/^https:\/\/bank\.example\/linxo\/(queues|connections)\/[^/?#]+$/);
    expect(request.url).not.toMatch(/undefined$/);
  }
  expectCleanPrototypes();
  return heard;
}

const last: QueueEvent = { id: 'the last', event_type: 'SOMETHING_ELSE' };

it('Q2 Q7 S4 whatever events an answer contains, the valid ones are delivered, and polling goes on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 3 }), fc.oneof(connection, json), async (events, found) => {
      const server = new ScriptedQueue().next('poll', () => answer([...events, last]));
      server.always('connection', () => answer(found));
      expect(await follow(server, () => {})).toContain(last.id);
      expect(server.requests('poll').length).toBeGreaterThan(1);
    }),
  );
});

it('Q7 S4 whatever string an answer is, polling goes on', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        answerText,
        answerText.map((one) => `[${one}]`),
      ),
      async (given) => {
        const server = new ScriptedQueue().next('poll', () => answered(given));
        await follow(server, (poller) => expect(poller.status).toBe('polling'));
        expect(server.requests('poll').length).toBeGreaterThan(1);
      },
    ),
  );
});

/** The characters that a header may contain. */
const headerText = fc
  .oneof(
    text,
    text.map((one) => `/queues/${one}`),
  )
  .filter((one) => {
    try {
      return !!new Headers({ location: one });
    } catch {
      return false;
    }
  });

it('Q1 S4 whatever Location a server sends, the queue is read at its own address, or an error is reported', async () => {
  await fc.assert(
    fc.asyncProperty(headerText, async (location) => {
      const server = new ScriptedQueue().always('subscribe', () => located(location));
      await follow(server, (poller) => expect(['polling', 'failed']).toContain(poller.status));
    }),
  );
});

it('Q7 S4 whatever Retry-After a server sends, the delay is a number, and polling goes on', async () => {
  const retryAfter = fc.oneof(
    headerText,
    fc.nat().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  await fc.assert(
    fc.asyncProperty(retryAfter, async (value) => {
      const server = new ScriptedQueue().next('poll', () => status(503, { 'retry-after': value }));
      await follow(server, (poller) => {
        expect(poller.status).toBe('polling');
        expect(poller.nextPollIn).toBeGreaterThan(0);
      });
    }),
  );
});
