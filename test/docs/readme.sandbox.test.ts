import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { QueuePoller, WidgetBridge } from '../../src/index.ts';
import { eventually } from '../harness/eventually.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { MinimalWidget } from './fixtures/minimal-widget.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { runSnippet } from './fixtures/run-snippet.ts';

const COMMAND = 'dist/testing/server/command/bin.js';

let child: ChildProcess;
let out = '';
let url = '';

/** Starts the command as the README shows it, but on any free port. */
async function startCommand(): Promise<void> {
  const shown = pageOf('README.md').snippets.find(({ code }) => code.startsWith('npx bankside-sandbox'));
  const flags = shown?.code.split(' ').slice(2) ?? [];
  expect(flags.join(' ')).toBe('--seed 7 --sync sms-challenge');
  out = '';
  child = spawn(process.execPath, [COMMAND, '--port', '0', ...flags]);
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

/** Runs the README's poller. Its gateway is the sandbox. It never ends, since nobody answers. */
function follow(onLine: (line: string) => void): Promise<Readonly<Record<string, unknown>>> {
  const { code, ...snippet } = under("Follow a user's bank connections");
  const local = code.replace('https://gateway.bank.example', url);
  expect(local).toContain(`baseUrl: '${url}/linxo'`);
  return runSnippet(
    { ...snippet, code: local },
    {
      fetch: relativeFetch,
      console: { log: onLine, warn: onLine },
      connectionId: 'connection-1',
      // The command starts it when the page subscribes.
      startSynchronisation: async () => ({ startedAt: Math.floor(Date.now() / 1000) }),
    },
  );
}

it('T2 so does its poller, until the line that the command prints answers the challenge', {
  timeout: 60_000,
}, async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const ended = follow(first);
  await eventually(() => first.mock.calls.flat()).toContain('Sandbox Bank: is being updated');
  await jump(30_000); // the code is asked for
  const poller = (await ended)['poller'] as QueuePoller;
  onTestFinished(() => poller.stop());
  expect(first.mock.calls.flat()).toContain('Sandbox Bank: your bank needs you');

  // A second page, or a reload without the stored queue.
  const other = (await follow(second))['poller'] as QueuePoller;
  onTestFinished(() => other.stop());
  expect(second.mock.calls.flat()).toContain('Sandbox Bank: your bank needs you');

  const line = /curl -X POST (\S+)/.exec(out);
  expect((await fetch(line?.[1] ?? '', { method: 'POST' })).status).toBe(200);
  await jump(60_000);
  for (const each of [poller, other])
    await eventually(() => each.connections.get('connection-1')?.status).toBe('SUCCESS');
});

async function jump(ms: number): Promise<void> {
  const init = { method: 'POST', body: JSON.stringify({ ms }) };
  expect((await fetch(`${url}/sandbox/clock`, init)).status).toBe(200);
}
