import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from './eventually.ts';
import { serving } from './serving.ts';

const COMMAND = fileURLToPath(new URL('../../examples/sandbox/start.js', import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

function start(env: Record<string, string>): Started {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [COMMAND], { env: { PATH, ...env } });
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

async function taken(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it at once, open connections too, with success',
  async (signal) => {
    const started = start({ PORT: '0' });
    const address = await addressOf(started);
    const stream = await fetch(`${address}sandbox/replies`);
    expect(stream.status).toBe(200);

    started.child.kill(signal);

    expect(await started.ended).toEqual({ code: 0, signal: null });
  },
);

test('it takes the next free port when the wanted one is taken, and says so', async () => {
  const server = await serving();
  const started = start({ PORT: String(server.port) });

  const address = await addressOf(started);

  const port = Number(new URL(address).port);
  expect(port).toBeGreaterThan(server.port);
  expect(started.output()).toContain(`Port ${server.port} is taken; this is ${port}.`);
  expect((await fetch(`${address}config.json`)).status).toBe(200);
});

test('nothing is said of ports when any will do', async () => {
  const started = start({ PORT: '0' });
  await addressOf(started);

  expect(started.output()).not.toContain('taken');
});

test('one port after the other is tried', async () => {
  const first = await serving();
  const second = await serving({ port: first.port });
  const third = await serving({ port: first.port });

  expect(second.port).toBeGreaterThan(first.port);
  expect(third.port).toBeGreaterThan(second.port);
  expect(third.wanted).toBe(first.port);
});

test('the last port has no next one', async () => {
  await taken(65_535);

  await expect(serving({ port: 65_535 })).rejects.toThrow('All ports from 65535 to 65535 are taken.');
});

test('an address of another machine is an error, not a taken port', async () => {
  await expect(serving({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
});

test('a value that will not do is refused with one line, and a code that scripts can see', async () => {
  const started = start({ PORT: '0', BANKSIDE_OB_URL: 'http://me:hunter2@bank.example/ob' });

  expect(await started.ended).toEqual({ code: 1, signal: null });
  expect(started.output()).toMatch(/^BANKSIDE_OB_URL must be an https address .+\n$/);
  expect(started.output()).not.toContain('hunter2');
});
