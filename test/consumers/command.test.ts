import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { serveNothing } from '../cli/fixtures/serve-nothing.ts';
import { eventually } from '../harness/eventually.ts';
import { type Consumer, createConsumer } from '../package/consumer.ts';

interface Started {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

describe('the published command bankside', () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = createConsumer(['msw']);
  });

  afterAll(() => {
    consumer.remove();
  });

  function start(...args: string[]): Started {
    const folder = join(consumer.folder, 'node_modules', 'bankside');
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    const command = join(folder, bin['bankside'] ?? '');
    // Vitest may ask for colours, and its children would print them.
    const env = { ...process.env, FORCE_COLOR: '0' };
    const child = spawn(process.execPath, [command, ...args], { cwd: consumer.folder, env });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
    return { child, out: () => said.stdout, error: () => said.stderr, ended };
  }

  async function addressOf({ out }: Started): Promise<string> {
    await eventually(out).toMatch(/Ctrl-C/);
    return /http:\S+/.exec(out())?.[0] ?? '';
  }

  it('starts with a line that makes it executable', () => {
    const bin = join(consumer.folder, 'node_modules/bankside/dist/cli/bin.js');
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('lists its commands, and has the version of the package', async () => {
    const [help, version] = [start('--help'), start('--version')];
    expect(await help.ended).toEqual({ code: 0, signal: null });
    expect(help.out()).toMatch(/^Usage: bankside <command>/);
    expect(await version.ended).toEqual({ code: 0, signal: null });
    expect(version.out()).toBe(`${manifest.version}\n`);
  });

  it('S5: without a command, it prints the same on stderr, with status 2', async () => {
    const started = start();
    expect(await started.ended).toEqual({ code: 2, signal: null });
    expect(started.error()).toMatch(/^Usage: bankside <command>/);
    expect(started.out()).toBe('');
  });

  it('S5: a reader that closes the pipe is no error', async () => {
    const started = start('--help');
    started.child.stdout?.destroy();
    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(started.error()).toBe('');
  });

  it('S5: serves on when the reader of its first line has closed the pipe', async () => {
    const started = start('sandbox', '--json', '--port', '0');
    await eventually(started.out).toMatch(/\n$/);
    started.child.stdout?.destroy();
    const { log } = JSON.parse(started.out()) as { log: string };
    expect((await fetch(log)).status).toBe(200);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 0, signal: null });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('S5: the doctor ends by %s with status %i', async (signal, code) => {
    const { url, close } = await serveNothing();
    onTestFinished(close);
    const flags = ['--origin', 'http://127.0.0.1:3000', '--pserver', url, '--no-auth-token'];
    const started = start('doctor', ...flags, '--timeout', '60000');
    await eventually(started.out).not.toBe('');
    started.child.kill(signal);
    expect(await started.ended).toEqual({ code, signal: null });
    expect(started.error()).toBe('bankside doctor: Interrupted.\n');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and ends with success', async (signal) => {
    const started = start(
      'sandbox',
      '--port',
      '0',
      '--seed',
      '7',
      '--latency',
      '1',
      '--fault',
      'error,server=enrich',
    );
    const url = await addressOf(started);
    const ask = (server: string, type: string) =>
      fetch(`${url}/gateway/${server}`, { method: 'POST', body: JSON.stringify({ type }) });
    expect((await ask('enrich', 'getUserSubscriptions')).status).toBe(500);
    expect((await ask('enrich', 'getUserSubscriptions')).status).toBe(200);
    const stream = await fetch(`${url}/sandbox/replies`); // stays open
    expect(stream.status).toBe(200);

    started.child.kill(signal);

    expect(await started.ended).toEqual({ code: 0, signal: null });
    expect(started.error()).toBe('');
  });

  it('listens on this machine alone', async () => {
    expect(new URL(await addressOf(start('sandbox', '--port', '0'))).hostname).toBe('127.0.0.1');
  });

  it('refuses an unknown argument with one line, and status 2', async () => {
    const started = start('sandbox', '--prot', '8080');
    expect(await started.ended).toEqual({ code: 2, signal: null });
    expect(started.error()).toBe('bankside sandbox: Unknown option --prot. Did you mean --port?\n');
    expect(started.out()).toBe('');
  });

  describe('without msw', () => {
    beforeAll(() => {
      consumer.remove();
      consumer = createConsumer();
    });

    it('prints how to install it', async () => {
      const started = start('sandbox', '--port', '0');
      expect(await started.ended).toEqual({ code: 1, signal: null });
      expect(started.error()).toBe(
        'bankside sandbox: msw 2 is needed. Install it with: npm install --save-dev msw@2\n',
      );
    });

    it('still prints its usage', async () => {
      const started = start('sandbox', '--help');
      expect(await started.ended).toEqual({ code: 0, signal: null });
      expect(started.out()).toMatch(/^Usage: bankside sandbox /);
    });

    it('has a widget and a transport for tests', async () => {
      const file = consumer.write(
        'program.mjs',
        `import { WidgetBridge } from 'bankside';
         import { createTestTransport, createTestWidget } from 'bankside/testing/doubles';
         const transport = createTestTransport();
         const bridge = new WidgetBridge({ transport });
         const widget = createTestWidget('a');
         bridge.attach(widget);
         const reply = widget.request('pserver', { type: 'getInsights' });
         transport.last.answer({ ok: true });
         console.log(JSON.stringify(await reply));
         widget.assertExactlyOnce();`,
      );
      const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [text] = await once(child.stdout.setEncoding('utf8'), 'data');
      expect(text).toBe('{"ok":true}\n');
    });
  });
});
