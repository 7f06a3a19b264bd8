import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DOCTOR_USAGE } from '../../src/cli/doctor/doctor-usage.ts';
import { MARKED } from '../doctor/gateway/backend.ts';
import {
  type StartedGateway,
  type StartGatewayOptions,
  startGateway,
} from '../doctor/gateway/start-gateway.ts';
import { eventually } from '../harness/eventually.ts';

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const TOKENS = { BANKSIDE_AUTH_TOKEN: MARKED.authToken, BANKSIDE_ACCESS_TOKEN: MARKED.accessToken };

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly out: () => string;
  readonly error: () => string;
  readonly ended: Promise<number | null>;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [BIN, 'doctor', ...args], {
    env: { ...process.env, FORCE_COLOR: '0', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]: number[]) => code ?? null);
  return { child, out: () => written.stdout, error: () => written.stderr, ended };
}

async function startBank(options: StartGatewayOptions = {}): Promise<StartedGateway> {
  const bank = await startGateway(options);
  onTestFinished(() => bank.close());
  return bank;
}

function flagsOf(bank: StartedGateway): string[] {
  const addresses = ['--pserver', bank.addressOf('pserver'), '--linxo', bank.addressOf('linxo')];
  return ['--origin', bank.origin, ...addresses, '--page', bank.page];
}

describe('the built command bankside doctor', () => {
  it('finds nothing at a bank that is right, and ends at once', async () => {
    const { out, error, ended } = start(flagsOf(await startBank()), TOKENS);
    expect({ code: await ended, error: error() }).toEqual({ code: 0, error: '' });
    expect(out()).toMatch(/\nNothing found; \d+ checks fine\n$/);
  });

  it('gets a token by a command', async () => {
    const command = `"${process.execPath}" -e "console.log('${MARKED.accessToken}')"`;
    const bank = await startBank();
    const flags = ['--origin', bank.origin, '--linxo', bank.addressOf('linxo'), '--json'];
    const { out, ended } = start([...flags, '--access-token-command', command]);
    expect(await ended).toBe(0);
    expect(JSON.parse(out())).toMatchObject({ findings: [], summary: { errors: 0, skipped: 0 } });
  });

  it('prints its help, one line for wrong use, and exit codes', async () => {
    const [help, wrong, json] = [start(['--help']), start(['--orgin', 'x']), start(['--json'])];
    expect({ code: await help.ended, out: help.out() }).toEqual({ code: 0, out: DOCTOR_USAGE });
    expect({ code: await wrong.ended, out: wrong.out() }).toEqual({ code: 2, out: '' });
    expect(wrong.error()).toBe('bankside doctor: Unknown option --orgin. Did you mean --origin?\n');
    expect(await json.ended).toBe(2);
    expect(JSON.parse(json.out())).toMatchObject({ error: { exitCode: 2 } });
  });

  it('ends with 130 by Ctrl-C while a server hangs', async () => {
    const bank = await startBank({ changes: [{ at: 'wire', change: (reply) => ({ ...reply, send() {} }) }] });
    const { child, ended, error } = start(flagsOf(bank), TOKENS);
    await eventually(() => bank.requests.length).toBeGreaterThan(0);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(error()).toBe('bankside doctor: Interrupted.\n');
  });

  it('writes no stack trace where its reader goes away', async () => {
    const { child, ended, error } = start(flagsOf(await startBank()), TOKENS);
    child.stdout.destroy();
    await ended;
    expect(error()).toBe('');
  });
});
