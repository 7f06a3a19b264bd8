import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { type Consumer, createConsumer } from '../package/consumer.ts';

interface Started {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

describe('the published command bankside-sandbox', () => {
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
    const command = join(folder, bin['bankside-sandbox'] ?? '');
    const child = spawn(process.execPath, [command, ...args], { cwd: consumer.folder });
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
    const bin = join(consumer.folder, 'node_modules/bankside/dist/testing/server/command/bin.js');
    expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, and ends with success', async (signal) => {
    const started = start('--port', '0', '--seed', '7', '--latency', '1', '--fault', 'error,server=enrich');
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
    expect(new URL(await addressOf(start('--port', '0'))).hostname).toBe('127.0.0.1');
  });

  it('refuses an unknown argument with one line, and status 2', async () => {
    const started = start('--prot', '8080');
    expect(await started.ended).toEqual({ code: 2, signal: null });
    expect(started.error()).toBe("bankside-sandbox: Unknown option '--prot'. Did you mean --port?\n");
    expect(started.out()).toBe('');
  });

  describe('without msw', () => {
    beforeAll(() => {
      consumer.remove();
      consumer = createConsumer();
    });

    it('prints how to install it', async () => {
      const started = start('--port', '0');
      expect(await started.ended).toEqual({ code: 1, signal: null });
      expect(started.error()).toBe(
        'bankside-sandbox: msw 2 is needed. Install it with: npm install --save-dev msw@2\n',
      );
    });

    it('still prints its usage', async () => {
      const started = start('--help');
      expect(await started.ended).toEqual({ code: 0, signal: null });
      expect(started.out()).toMatch(/^Usage: bankside-sandbox /);
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
