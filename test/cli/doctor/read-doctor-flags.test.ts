import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import type { DoctorSettings } from '../../../src/cli/doctor/doctor-settings.ts';
import { DOCTOR_USAGE } from '../../../src/cli/doctor/doctor-usage.ts';
import { DOCTOR_FLAGS, readDoctorFlags } from '../../../src/cli/doctor/read-doctor-flags.ts';
import { selfSigned } from '../../harness/self-signed.ts';

const ORIGIN = ['--origin', 'https://www.bank.example'];
const PSERVER = ['--pserver', 'https://gateway.bank.example/pserver/execute'];
const ENOUGH = [...ORIGIN, ...PSERVER];

type Env = Record<string, string>;

function readSettings(args: readonly string[], env: Env = {}): DoctorSettings {
  const settings = readDoctorFlags(args, env);
  if (typeof settings === 'string') throw new Error(`It asked for its ${settings}`);
  return settings;
}

/** The message of the error. */
function refusal(args: readonly string[], env: Env = {}): string {
  try {
    readDoctorFlags(args, env);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    const { message } = error as Error;
    expect(message).not.toMatch(/[\n\r]|secret/);
    return message;
  }
  throw new Error('It was not refused');
}

function targetsOf(args: readonly string[]): string[] {
  return readSettings([...ORIGIN, ...args]).targets.map(({ name, url }) => `${name} ${url.href}`);
}

describe('the flags of the doctor', () => {
  it('need an origin and one address', () => {
    expect(readSettings(ENOUGH)).toEqual({
      origin: 'https://www.bank.example',
      targets: [{ name: 'pserver', url: new URL('https://gateway.bank.example/pserver/execute') }],
      authToken: { from: 'missing' },
      accessToken: { from: 'missing' },
      headers: [],
      secretValues: [],
      credentials: false,
      cookie: undefined,
      timeout: 10_000,
      ca: undefined,
      gateway: undefined,
      json: false,
      dryRun: false,
    });
    expect(refusal(PSERVER)).toMatch(/^--origin is missing/);
    expect(refusal(ORIGIN)).toMatch(/^An address is missing: give one or more of --pserver/);
    expect(refusal([])).toMatch(/^--origin is missing/);
  });

  it('are all in the help', () => {
    expect(readDoctorFlags(['--help'], {})).toBe('help');
    expect(readDoctorFlags(['-h', '--json'], {})).toBe('help');
    for (const flag of Object.keys(DOCTOR_FLAGS)) expect(DOCTOR_USAGE).toContain(`--${flag}`);
    const shown = new Set(DOCTOR_USAGE.match(/--[a-z][a-z-]*/g));
    expect([...shown].sort()).toEqual(
      Object.keys(DOCTOR_FLAGS)
        .map((flag) => `--${flag}`)
        .sort(),
    );
    expect(Math.max(...DOCTOR_USAGE.split('\n').map(({ length }) => length))).toBeLessThan(121);
  });
});

describe('addresses', () => {
  it('keep their query, which is sent, and lose their fragment', () => {
    expect(targetsOf(['--ob', 'https://a.example/ob?key=1#part'])).toEqual(['ob https://a.example/ob?key=1']);
  });

  it('of the queue are read as the poller reads them', () => {
    const expected = ['linxo https://a.example/linxo/'];
    for (const end of ['', '/', '//', '?key=1', '/?key=1#part'])
      expect(targetsOf(['--linxo', `https://a.example/linxo${end}`])).toEqual(expected);
  });

  it('come in the order of the report', () => {
    const all = ['page', 'linxo', 'ob', 'enrich', 'pserver'];
    const targets = targetsOf(all.flatMap((name) => [`--${name}`, `https://${name}.example/`]));
    expect(targets.map((target) => target.split(' ')[0])).toEqual([...all].reverse().sort(byReport));
  });

  it.each([
    ['secret', /^--pserver must be a whole address/],
    ['/secret', /^--pserver must be a whole address/],
    ['https://', /^--pserver must be a whole address/],
    ['ftp://a.example/secret', /^--pserver must be an address that begins with https:\/\/ or http:\/\/\.$/],
    ['https://user:secret@a.example/', /^--pserver must be an address without a user name or password\.$/],
  ])('are refused without being repeated: %s', (address, message) => {
    expect(refusal([...ORIGIN, '--pserver', address])).toMatch(message);
  });
});

function byReport(a: string, b: string): number {
  const order = ['pserver', 'enrich', 'ob', 'linxo', 'page'];
  return order.indexOf(a) - order.indexOf(b);
}

describe('--origin', () => {
  it.each([
    ['https://www.bank.example', 'https://www.bank.example'],
    ['https://www.bank.example/', 'https://www.bank.example'],
    ['https://WWW.Bank.example:443', 'https://www.bank.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['null', 'null'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['ionic://localhost', 'ionic://localhost'],
  ])('%s is %s', (given, origin) => {
    expect(readSettings([...PSERVER, '--origin', given]).origin).toBe(origin);
  });

  it.each([
    'https://www.bank.example/accounts?secret=1',
    'https://www.bank.example/#secret',
    'https://user:secret@www.bank.example',
    'https://www.bank.example/?secret',
  ])('says which part of an address to give: %s', (given) => {
    expect(refusal([...PSERVER, '--origin', given])).toMatch(/: give --origin https:\/\/www\.bank\.example$/);
  });

  it.each([
    ['www.bank.example', /^--origin must be an origin, such as/],
    ['file:///secret.html', /Write --origin null\.$/],
    ['data:text/html,secret', /^--origin must be an origin with a host/],
    ['', /^--origin must be an origin, such as/],
  ])('refuses %s', (given, message) => {
    expect(refusal([...PSERVER, '--origin', given])).toMatch(message);
  });
});

describe('tokens', () => {
  it('come from the environment, a command or the gateway', () => {
    const env = { BANKSIDE_AUTH_TOKEN: 'a', BANKSIDE_ACCESS_TOKEN: 'b', BANKSIDE_COOKIE: 'c=1' };
    expect(readSettings(ENOUGH, env)).toMatchObject({
      authToken: { from: 'environment', variable: 'BANKSIDE_AUTH_TOKEN' },
      accessToken: { from: 'environment', variable: 'BANKSIDE_ACCESS_TOKEN' },
      cookie: 'c=1',
    });
    expect(
      readSettings([...ENOUGH, '--auth-token-command', 'get-it', '--no-access-token'], env),
    ).toMatchObject({
      authToken: { from: 'command', command: 'get-it' },
      accessToken: { from: 'gateway' },
    });
    expect(readSettings(ENOUGH).authToken).toEqual({ from: 'missing' });
  });

  it('are neither in the settings of the environment nor in their JSON', () => {
    expect(JSON.stringify(readSettings(ENOUGH, { BANKSIDE_AUTH_TOKEN: 'a.b-c' }))).not.toContain('a.b-c');
  });

  it.each([
    ['--auth-token secret', 'BANKSIDE_AUTH_TOKEN'],
    ['--auth-token=secret', 'BANKSIDE_AUTH_TOKEN'],
    ['--authToken secret', 'BANKSIDE_AUTH_TOKEN'],
    ['--access-token secret', 'BANKSIDE_ACCESS_TOKEN'],
    ['--token=secret', 'BANKSIDE_AUTH_TOKEN'],
    ['--bearer secret --linxo https://a.example', 'BANKSIDE_AUTH_TOKEN for the widget'],
    ['--jwt secret --linxo=https://a.example', 'BANKSIDE_ACCESS_TOKEN for --linxo'],
    ['--password secret', '--header-env name=VARIABLE'],
    ['--api-key=secret', '--header-env name=VARIABLE'],
    ['--cookies secret', 'BANKSIDE_COOKIE'],
    ['--cookie secret', 'BANKSIDE_COOKIE'],
  ])('cannot be given by a flag: %s', (flags, variable) => {
    const message = refusal([...ENOUGH, ...flags.split(' ')]);
    expect(message).toContain('others can read a command line');
    expect(message).toContain(variable);
  });

  it('are named by one variable, where one kind of server is given', () => {
    const queue = refusal([...ORIGIN, '--linxo', 'https://a.example/', '--token', 'secret']);
    expect(queue).toMatch(/ Set the environment variable BANKSIDE_ACCESS_TOKEN\.$/);
    expect(refusal([...ENOUGH, '--token', 'secret'])).toMatch(/variable BANKSIDE_AUTH_TOKEN\.$/);
  });

  it.each(['', ' '])('do not come from a command %j', (command) => {
    expect(refusal([...ENOUGH, '--auth-token-command', command])).toBe(
      '--auth-token-command is empty: give a command that prints the token.',
    );
  });

  it('come from one place', () => {
    expect(refusal([...ENOUGH, '--no-auth-token', '--auth-token-command', 'get-it'])).toBe(
      '--no-auth-token and --auth-token-command cannot be used together.',
    );
  });

  it('in a cookie are checked', () => {
    expect(refusal(ENOUGH, { BANKSIDE_COOKIE: '' })).toMatch(/^BANKSIDE_COOKIE is set, and empty\./);
    expect(refusal(ENOUGH, { BANKSIDE_COOKIE: 'secret\n' })).toMatch(/^BANKSIDE_COOKIE must be/);
  });
});

describe('headers of the page', () => {
  it('have a value in the flag or in the environment', () => {
    const flags = ['--header', 'bankId: 42', '--header', 'x-a:b:c ', '--header-env', 'x-key=KEY'];
    const { headers, secretValues } = readSettings([...ENOUGH, ...flags], { KEY: 'value' });
    expect(headers).toEqual([
      ['bankId', '42'],
      ['x-a', 'b:c'],
      ['x-key', 'value'],
    ]);
    expect(secretValues).toEqual(['value']);
  });

  it.each([
    [['--header', 'secret'], {}, /^--header must be a name and a value/],
    [['--header', 'na me: secret'], {}, /^--header must be a name and a value/],
    [['--header', 'name: secr\net'], {}, /^--header must be a name and a value that HTTP allows/],
    [['--header', 'x: seçret€'], {}, /^--header must be a name and a value that HTTP allows/],
    [['--header', 'Authorization: Bearer secret'], {}, /^--header authorization: a token in a command line/],
    [['--header', 'authToken: secret'], {}, /Use --header-env authtoken=VARIABLE\.$/],
    [['--header', 'Cookie: secret'], {}, /^--header: a page cannot set the header cookie\.$/],
    [['--header', 'origin: secret'], {}, /^--header: a page cannot set the header origin\.$/],
    [['--header-env', 'x-key'], {}, /^--header-env must be the name of a header and of a variable/],
    [['--header-env', 'x-key=KEY'], {}, /^--header-env: the environment variable KEY is not set\.$/],
    [['--header-env', 'x-key=KEY'], { KEY: '' }, /KEY is set, and empty\.$/],
    [
      ['--header-env', 'x-key=KEY'],
      { KEY: 'secr\net' },
      /^--header-env must be a name and a value that HTTP/,
    ],
  ])('are refused without their value: %j', (flags, env, message) => {
    expect(refusal([...ENOUGH, ...flags], env as unknown as Env)).toMatch(message);
  });
});

describe('other flags', () => {
  it('are read', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'doctor-')), 'ca.pem');
    const { cert } = selfSigned();
    writeFileSync(file, cert);
    const flags = [
      '--credentials',
      '--timeout',
      '2500',
      '--ca',
      file,
      '--gateway',
      'nginx',
      '--json',
      '--dry-run',
    ];
    expect(readSettings([...ENOUGH, ...flags, '--no-color'])).toMatchObject({
      credentials: true,
      timeout: 2_500,
      ca: cert,
      gateway: 'nginx',
      json: true,
      dryRun: true,
    });
    writeFileSync(file, 'secret');
    expect(refusal([...ENOUGH, '--ca', file])).toBe(
      '--ca must be a file with certificates in the PEM format.',
    );
    for (const other of [tmpdir(), '/dev/zero'])
      expect(refusal([...ENOUGH, '--ca', other])).toBe('--ca must be a regular file of at most 1 MB.');
    expect(refusal([...ENOUGH, '--ca', `${file}.missing`])).toBe('--ca: the file cannot be read.');
  });

  it.each([
    ['--timeout 99', /^--timeout must be a whole number of milliseconds, from 100 to 600000, not "99"/],
    ['--timeout 1e3', /^--timeout must be a whole number/],
    ['--timeout 600001', /^--timeout must be a whole number/],
    ['--gateway nginks', /^--gateway must be one of nginx, apache.*Did you mean "nginx"\?$/],
    ['--orgin https://a.example', /^Unknown option --orgin\. Did you mean --origin\?$/],
    ['--credentials=secret', /^--credentials takes no value\.$/],
    ['secret', /^Unexpected argument/],
    ['--ob', /^--ob needs a value\./],
    ['--origin --page', /^--origin needs a value\./],
  ])('are refused: %s', (flags, message) => {
    expect(refusal([...ENOUGH, ...flags.split(' ')])).toMatch(message);
  });
});
