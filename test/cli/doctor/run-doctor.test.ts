import { afterEach, describe, expect, it } from 'vitest';
import { DOCTOR_USAGE } from '../../../src/cli/doctor/doctor-usage.ts';
import { version } from '../../../src/cli/version.ts';
import { MARKED } from '../../doctor/gateway/backend.ts';
import { withoutHeader } from '../../doctor/gateway/reply.ts';
import {
  type StartedGateway,
  type StartGatewayOptions,
  startGateway,
} from '../../doctor/gateway/start-gateway.ts';
import { runBankDoctor, runDoctorWith } from './fixtures/run-bank-doctor.ts';

const open: StartedGateway[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((bank) => bank.close()));
});

async function start(options: StartGatewayOptions = {}): Promise<StartedGateway> {
  const bank = await startGateway(options);
  open.push(bank);
  return bank;
}

/** A gateway without one header. */
function without(name: string): StartGatewayOptions {
  return { changes: [{ at: 'gateway', change: (reply) => withoutHeader(reply, name) }] };
}

describe('bankside doctor', () => {
  it('ends with 0 where nothing is wrong', async () => {
    const { code, out, error } = await runBankDoctor(await start());
    expect(out).toMatch(/\nNothing found; \d+ checks fine\n$/);
    expect({ code, error }).toEqual({ code: 0, error: '' });
  });

  it('ends with 0 where there is advice alone', async () => {
    const { code, out } = await runBankDoctor(await start({ compresses: false }));
    expect(out).toMatch(/\n1 piece of advice; \d+ checks fine\n$/);
    expect(out).toMatch(/^ {2}advice {3}\w+ /m);
    expect(out).not.toMatch(/^ {2}found /m);
    expect(code).toBe(0);
  });

  it('ends with 1 where there is a warning', async () => {
    const { code, out } = await runBankDoctor(await start(without('Access-Control-Max-Age')));
    expect(out).toContain('WARNING  preflight-lifetime');
    expect(code).toBe(1);
  });

  it('ends with 1 where a server cannot be reached, and skips the rest of it', async () => {
    const bank = await start();
    await bank.close();
    const { code, out } = await runBankDoctor(bank);
    expect(out).toContain('ERROR  unreachable');
    expect(code).toBe(1);
  });

  it('says first what it will send, and sends that', async () => {
    const bank = await start();
    let before: number | undefined;
    const { out } = await runBankDoctor(bank, {
      onOutput: () => {
        before ??= bank.requests.length;
      },
    });
    expect(before).toBe(0);
    expect(out.indexOf('This is sent')).toBe(0);
    expect(out.indexOf('POST /linxo/queues/subscribe')).toBeLessThan(out.indexOf('Checks'));
    expect(out).toContain('15 minutes');
  });

  it('sends nothing with --dry-run, and runs no command', async () => {
    const bank = await start();
    const flags = ['--dry-run', '--auth-token-command', 'exit 9'];
    const { code, out } = await runBankDoctor(bank, { flags });
    expect(bank.requests).toEqual([]);
    expect(out).toContain('This would be sent');
    expect(out).toContain('The command of --auth-token-command is run first.');
    expect(out).not.toContain('exit 9');
    expect(out).not.toContain('Checks');
    expect(code).toBe(0);
    const json = await runBankDoctor(bank, { flags: [...flags, '--json'] });
    expect(JSON.parse(json.out)).toEqual({
      version: version(),
      origin: bank.origin,
      plan: expect.any(Array),
    });
  });

  it('sends no token of a server that is not named', async () => {
    const bank = await start();
    const args = ['--origin', bank.origin, '--linxo', bank.addressOf('linxo')];
    await runDoctorWith(args, {
      env: { BANKSIDE_AUTH_TOKEN: 'not\na token', BANKSIDE_ACCESS_TOKEN: MARKED.accessToken },
    });
    expect(new Set(bank.requests.map(({ subject }) => subject))).toEqual(new Set(['linxo']));
  });

  it('skips what needs a token where there is none, and says what to give', async () => {
    const { code, out } = await runBankDoctor(await start(), { env: {} });
    expect(out).toMatch(/skipped {2}pserver {2}.*authToken/);
    expect(out).toMatch(/skipped {2}linxo {4}.*accessToken/);
    expect(out).toContain('\nTo check more, set BANKSIDE_AUTH_TOKEN and BANKSIDE_ACCESS_TOKEN.\n');
    expect(out).toMatch(/\nNothing found; \d+ checks fine, \d+ skipped\n$/);
    expect(code).toBe(0);
  });

  it('examines a page alone, and a page without an origin', async () => {
    const bank = await start();
    const { out } = await runDoctorWith(['--origin', 'null', '--page', bank.page]);
    expect(out).toMatch(/^This is sent, as by a page whose origin is null:\n\n {2}page at http/);
    expect(bank.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /accounts']);
  });

  it('sends the headers of the page', async () => {
    const bank = await start({ allowedHeaders: 'authorization, authToken, bankId, content-type, x-key' });
    const flags = ['--header', 'bankId: 42', '--header-env', 'x-key=MARKED_HEADER'];
    const { code } = await runBankDoctor(bank, { flags });
    const sent = bank.requests.filter(({ method, subject }) => method !== 'OPTIONS' && subject !== 'page');
    expect(
      sent.every(({ headers }) => headers['bankid'] === '42' && headers['x-key'] === MARKED.headerValue),
    ).toBe(true);
    expect(code).toBe(0);
  });
});

describe('--json', () => {
  it('is one object, with the same in fields', async () => {
    const bank = await start(without('Access-Control-Max-Age'));
    const { code, out, error } = await runBankDoctor(bank, { flags: ['--json'] });
    const { findings, checks, summary, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ version: version(), origin: bank.origin });
    expect(findings[0]).toMatchObject({
      id: 'preflight-lifetime',
      severity: 'warning',
      subject: 'pserver',
      header: expect.stringMatching(/^Access-Control-Max-Age: \d+$/),
      fixes: { nginx: expect.any(String), azure: expect.any(String) },
    });
    expect(checks.length).toBeGreaterThan(10);
    expect(summary).toMatchObject({ errors: 0, warnings: findings.length, advice: 0 });
    expect(out).toMatch(/^\{.*\}\n$/);
    expect({ code, error }).toEqual({ code: 1, error: '' });
  });

  it('is an object for wrong use too', async () => {
    const { code, out, error } = await runDoctorWith(['--json', '--origin', 'https://a.example']);
    expect(JSON.parse(out)).toEqual({
      error: { message: expect.stringMatching(/^An address is missing/), exitCode: 2 },
    });
    expect({ code, error }).toEqual({ code: 2, error: '' });
  });
});

describe('wrong use', () => {
  it.each([
    [[], '--origin is missing: the origin of your page, such as https://www.bank.example.'],
    [['--auth-token', 'secret'], 'There is no flag --auth-token: others can read a command line.'],
    [['--ca', '/no/such/file'], '--ca: the file cannot be read.'],
  ])('is one line and the exit code 2: %j', async (flags, message) => {
    const enough = flags.length ? ['--origin', 'https://a.example', '--ob', 'https://a.example'] : [];
    const { code, out, error } = await runDoctorWith([...enough, ...flags]);
    expect(error.startsWith(`bankside doctor: ${message}`)).toBe(true);
    expect(error).not.toContain('secret');
    expect(error.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('of a token is found before anything is sent', async () => {
    const bank = await start();
    const { code, error } = await runBankDoctor(bank, { env: { BANKSIDE_AUTH_TOKEN: '{"token":"secret"}' } });
    expect(error).toBe(
      'bankside doctor: BANKSIDE_AUTH_TOKEN must be a token of visible ASCII characters, not JSON (return the token in it).\n',
    );
    expect(bank.requests).toEqual([]);
    expect(code).toBe(2);
  });

  it('of a token is found before the plan, also in a dry run', async () => {
    const bank = await start();
    for (const flags of [[], ['--dry-run']]) {
      const { code, out, error } = await runBankDoctor(bank, { flags, env: { BANKSIDE_ACCESS_TOKEN: '' } });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(error).toBe(
        'bankside doctor: BANKSIDE_ACCESS_TOKEN is set, and empty. Set the token, or unset it.\n',
      );
    }
    expect(bank.requests).toEqual([]);
  });

  it('--version is that of the package', async () => {
    expect(await runDoctorWith(['--version'])).toEqual({ code: 0, out: `${version()}\n`, error: '' });
  });

  it('--help is the usage', async () => {
    expect(await runDoctorWith(['--help'])).toEqual({ code: 0, out: DOCTOR_USAGE, error: '' });
  });
});

it('an interruption ends it at once, with 130', async () => {
  const abort = new AbortController();
  const bank = await start({
    changes: [{ at: 'wire', change: (reply) => ({ ...reply, send: () => abort.abort('SIGINT') }) }],
  });
  const { code, error } = await runBankDoctor(bank, { signal: abort.signal });
  expect({ code, error }).toEqual({ code: 130, error: 'bankside doctor: Interrupted.\n' });
});
