import { readFileSync } from 'node:fs';
import { type FakeMethod, install } from '@sinonjs/fake-timers';
import { afterEach, describe, expect, it } from 'vitest';
import { QueuePoller, WidgetBridge } from '../src/index.ts';
import { hangs, ScriptedQueue } from './queue/fixtures/scripted-queue.ts';

type Names = FakeMethod[];

/** The functions in a line of the page, such as `['setTimeout', 'Date']`. */
function shownAfter(start: string): Names {
  const page = readFileSync('docs/test-your-page.md', 'utf8');
  const [, list] = page.split(start);
  if (!list) throw new Error(`docs/test-your-page.md does not show ${start}`);
  return JSON.parse(list.slice(0, list.indexOf(']') + 1).replaceAll("'", '"')) as Names;
}

/** Those that Cypress' clock fakes by default. */
const CYPRESS: Names = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'];

let clock: ReturnType<typeof install>;

afterEach(() => {
  clock.uninstall();
});

/** What comes of a request that gets no answer, after half a minute of the fake clock. */
async function outcomeOfRequest(): Promise<string> {
  const bridge = new WidgetBridge({ transport: { send: () => new Promise<never>(() => {}) } });
  let outcome = 'nothing';
  bridge.send('pserver', { type: 'getInsights' }).catch((error: { code: string }) => {
    outcome = error.code;
  });
  await clock.tickAsync(30_000);
  const seen = outcome;
  bridge.dispose();
  return seen;
}

/** The poller’s first failure, if the server does not answer for a minute of the fake clock. */
async function outcomeOfPoll(): Promise<string> {
  const { fetch } = new ScriptedQueue().always('subscribe', hangs);
  const options = { baseUrl: 'https://bank.example/linxo', accessToken: 'token', storage: false } as const;
  const poller = new QueuePoller({ ...options, fetch });
  let outcome = 'nothing';
  poller.on('failure', ({ error }) => {
    outcome = error.code;
  });
  poller.start().catch(() => {});
  await clock.tickAsync(60_000);
  const seen = outcome;
  await poller.stop();
  return seen;
}

describe('with a fake clock of the functions that the docs name, time limits end', () => {
  it.each([
    ['with sinon', shownAfter('toFake: ')],
    ['with Cypress', shownAfter('cy.clock(Date.now(), ')],
  ])('%s', async (_which, toFake) => {
    clock = install({ now: Date.now(), toFake });
    expect(await outcomeOfRequest()).toBe('TIMEOUT');
    expect(await outcomeOfPoll()).toBe('TIMEOUT');
  });

  it('but not without `performance`: no time has passed', async () => {
    clock = install({ now: Date.now(), toFake: CYPRESS });
    expect(await outcomeOfRequest()).toBe('nothing');
  });
});
