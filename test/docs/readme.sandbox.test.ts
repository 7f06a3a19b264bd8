import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { QueuePoller, QueuePollerOptions, WidgetBridge } from '../../src/index.ts';
import { eventually } from '../harness/eventually.ts';
import { bankside } from './fixtures/built.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { MinimalWidget } from './fixtures/minimal-widget.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { runSnippet } from './fixtures/run-snippet.ts';

const COMMAND = 'dist/cli/bin.js';

let child: ChildProcess;
let out = '';
let url = '';

/** Starts the command as the README shows it, but on any free port. */
async function startCommand(): Promise<void> {
  const shown = pageOf('README.md').snippets.find(({ code }) => code.startsWith('npx bankside sandbox'));
  const flags = shown?.code.split(' ').slice(3) ?? [];
  expect(flags.join(' ')).toBe('--seed 7 --sync sms-challenge');
  out = '';
  child = spawn(process.execPath, [COMMAND, 'sandbox', '--port', '0', '--no-color', ...flags]);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await eventually(() => out).toMatch(/Ctrl-C/);
  url = /http:\S+/.exec(out)?.[0] ?? '';
}

const relativeFetch: typeof fetch = (input, init) =>
  fetch(typeof input === 'string' ? new URL(input, url) : input, init);

beforeEach(async () => {
  await startCommand();
  vi.stubGlobal('location', { href: `${url}/` });
});

afterEach(() => {
  vi.unstubAllGlobals();
  child.kill('SIGKILL');
});

const under = (heading: string): Snippet => codeUnder('README.md', heading);

it('T2 the first page of the README runs against the command of the README', async () => {
  const widget = new MinimalWidget((_widget, { pDelegate }) => pDelegate, {});
  const warn = vi.fn();
  const declared = await runSnippet(under('The first page that works'), {
    personetics: widget,
    window: {},
    fetch: relativeFetch,
    console: { warn },
  });
  const bridge = declared['bridge'] as WidgetBridge;
  onTestFinished(() => bridge.dispose());
  widget.ask('sendRequestToPServer', null, { type: 'getNumberOfInsights' }, '7');
  await eventually(() => widget.answers).toEqual([
    [expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 }), '7'],
  ]);
  expect(warn).not.toHaveBeenCalled();
});

interface Followed {
  readonly poller: QueuePoller;
  /** Ends when the synchronisation has ended. */
  readonly ended: Promise<unknown>;
}

/** The command starts it when the page subscribes. */
const ofCommand = async (): Promise<{ startedAt: number }> => ({ startedAt: Math.floor(Date.now() / 1000) });

/** Runs the README's poller. Its gateway is the sandbox. */
function follow(onLine: (line: string) => void, startSynchronisation = ofCommand): Followed {
  const { code, ...snippet } = under("Follow a user's bank connections");
  const local = code.replace('https://gateway.bank.example', url);
  expect(local).toContain(`baseUrl: '${url}/linxo'`);
  let created: QueuePoller | undefined;
  class Poller extends bankside.QueuePoller {
    constructor(options: QueuePollerOptions) {
      super(options);
      created = this;
    }
  }
  const page = {
    fetchToken: async (address: string) => (await relativeFetch(address, { method: 'POST' })).text(),
    console: { log: onLine, warn: onLine },
    connectionId: 'connection-1',
    startSynchronisation,
  };
  const ended = runSnippet({ ...snippet, code: local }, page, {
    bankside: { ...bankside, QueuePoller: Poller },
  });
  ended.catch(() => {}); // when a test has failed, and stops the poller
  if (!created) throw new Error('The snippet creates no poller');
  const poller = created;
  onTestFinished(() => poller.stop());
  return { poller, ended };
}

/** Types the line that the command prints. */
async function answer(): Promise<void> {
  const line = /curl -X POST (\S+)/.exec(out);
  expect((await fetch(line?.[1] ?? '', { method: 'POST' })).status).toBe(200);
}

it('T2 so does its poller, until the line that the command prints answers the challenge', {
  timeout: 60_000,
}, async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const lines = (page: typeof first): unknown[] => page.mock.calls.flat();
  const { ended } = follow(first);
  await eventually(() => lines(first)).toContain('Sandbox Bank: is being updated');
  await jump(30_000); // the code is asked for
  await eventually(() => lines(first)).toContain('Sandbox Bank: your bank needs you');

  // A second page, or a reload without the stored queue.
  const other = follow(second);
  await eventually(() => lines(second)).toContain('Sandbox Bank: your bank needs you');

  await answer();
  await jump(60_000);
  await Promise.all([ended, other.ended]);
  for (const page of [first, second]) expect(lines(page).at(-1)).toBe('It has ended: success');
});

it('T2 a page starts a synchronisation in the sandbox as docs/testing.md shows it', {
  timeout: 60_000,
}, async () => {
  const { code, ...snippet } = codeUnder('docs/testing.md', 'A page that follows a connection');
  const local = code.replace('http://127.0.0.1:4173', url);
  expect(local).not.toBe(code);
  const { startSynchronisation, connectionId } = await runSnippet({ ...snippet, code: local }, { fetch });
  expect(connectionId).toBe('connection-1');
  const line = vi.fn();
  const { ended } = follow(line, startSynchronisation as typeof ofCommand);
  await eventually(() => line.mock.calls.flat()).toContain('Sandbox Bank: is being updated');
  await jump(30_000);
  await eventually(() => line.mock.calls.flat()).toContain('Sandbox Bank: your bank needs you');
  await answer();
  await jump(60_000);
  await ended;
  expect(line.mock.calls.flat().at(-1)).toBe('It has ended: success');
});

async function jump(ms: number): Promise<void> {
  const init = { method: 'POST', body: JSON.stringify({ ms }) };
  expect((await fetch(`${url}/sandbox/clock`, init)).status).toBe(200);
}
