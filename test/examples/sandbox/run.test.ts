import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../harness/eventually.ts';
import { serving } from './fixtures/serving.ts';

const COMMAND = fileURLToPath(new URL('../../../examples/sandbox/start.js', import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function start(env: Record<string, string>): Started {
  const { PATH, SystemRoot } = process.env; // Windows has no sockets without the latter
  const child = spawn(process.execPath, [COMMAND], { env: { PATH, SystemRoot, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  return { child, output: () => output, ended };
}

async function addressOf({ output }: Started): Promise<string> {
  await eventually(output).toMatch(/Ctrl-C/);
  return /http:\S+/.exec(output())?.[0] ?? '';
}

/** With connections that are open. On Windows, one process cannot send another a signal: it can only end it. */
async function expectToEndBy(signal: 'SIGINT' | 'SIGTERM', started: Started, address: string): Promise<void> {
  expect((await fetch(`${address}sandbox/replies`)).status).toBe(200);
  started.child.kill(signal);
  const ended = process.platform === 'win32' ? { code: null, signal } : { code: 0, signal: null };
  expect(await started.ended).toEqual(ended);
}

test('nothing is said of ports when any will do; SIGINT ends it at once, with success', async () => {
  const started = start({ PORT: '0' });
  const address = await addressOf(started);

  expect(started.output()).not.toContain('taken');
  expect((await fetch(`${address}config.json`)).status).toBe(200);
  await expectToEndBy('SIGINT', started, address);
});

test('it takes the next free port when the wanted one is taken, and says so; SIGTERM ends it at once, with success', async () => {
  const server = await serving();
  const started = start({ PORT: String(server.port) });
  const address = await addressOf(started);

  const port = Number(new URL(address).port);
  expect(port).toBeGreaterThan(server.port);
  expect(started.output()).toContain(`Port ${server.port} is taken; this is ${port}.`);
  await expectToEndBy('SIGTERM', started, address);
});

test('a value that will not do is refused with one line, and a code that scripts can see', async () => {
  const started = start({ PORT: '0', BANKSIDE_OB_URL: 'http://me:hunter2@bank.example/ob' });

  expect(await started.ended).toEqual({ code: 1, signal: null });
  expect(started.output()).toMatch(/^BANKSIDE_OB_URL must be an https address .+\n$/);
  expect(started.output()).not.toContain('hunter2');
});
