import { describe, expect, it } from 'vitest';
import { FLAGS } from '../../../src/cli/sandbox/read-flags.ts';
import { usageOn } from '../../../src/cli/sandbox/usage.ts';
import { FAULT_KINDS } from '../../../src/testing/faults/read-fault.ts';
import { SCENARIO_NAMES } from '../../../src/testing/linxo/scenarios.ts';
import { type Running, type RunOptions, ran, runWith } from '../fixtures/run-with.ts';
import { fileWith } from './fixtures/file-with.ts';

const USAGE = usageOn('linux');

/** Serves on any free port, for as long as the test does. */
async function serve(
  args: readonly string[] = [],
  options?: RunOptions,
): Promise<Running & { readonly url: string }> {
  const running = runWith(['sandbox', '--port', '0', ...args], options);
  await running.started;
  const { out, error, ended, started, interrupt } = running;
  return { out, error, ended, started, interrupt, url: /http:[\w.:/]+\d/.exec(out)?.[0] ?? '' };
}

describe('bankside sandbox', () => {
  it('explains each flag', async () => {
    expect(await ran(['sandbox', '--help'])).toEqual({ out: USAGE, error: '', code: 0 });
    expect(await ran(['sandbox', '-h'])).toMatchObject({ out: USAGE });
    for (const flag of Object.keys(FLAGS)) expect(USAGE).toContain(`--${flag}`);
  });

  it('names all kinds of faults and all scenarios', () => {
    const words = USAGE.split(/[^\w-]+/);
    expect(words).toEqual(expect.arrayContaining([...SCENARIO_NAMES]));
    expect(words).toEqual(expect.arrayContaining(Object.keys(FAULT_KINDS)));
    expect(Math.max(...USAGE.split('\n').map(({ length }) => length))).toBeLessThan(121);
  });

  it('shows the line that answers a challenge, for any shell', async () => {
    const { out, url } = await serve(['--sync', 'sms-challenge']);
    const line = `curl -X POST ${url}/sandbox/answers`;
    expect(out.split('\n')).toContain(`  ${line}`);
    expect(line).not.toMatch(/['"?&$%^!*\\]/);
    expect(USAGE).toContain('  curl -X POST http://127.0.0.1:4173/sandbox/answers\n');
    expect((await serve()).out).not.toContain('curl');
  });

  it('S5: shows it so that Windows PowerShell understands it, whose `curl` is another command', async () => {
    const { out, url } = await serve(['--sync', 'sms-challenge'], { platform: 'win32' });
    expect(out.split('\n')).toContain(`  curl.exe -X POST ${url}/sandbox/answers`);
    expect((await ran(['sandbox', '--help'], { platform: 'win32' })).out).toBe(usageOn('win32'));
    expect(usageOn('win32')).toBe(USAGE.replace(' curl ', ' curl.exe '));
  });

  it('S5: names an address that works, where it listens on all of them', async () => {
    const { out, url } = await serve(['--host', '0.0.0.0', '--sync', 'success']);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/sandbox/log`)).status).toBe(200);
    expect(out).toContain(`Sandbox: ${url}\n`);
    expect(out).toContain(`curl -X POST ${url}/sandbox/answers`);
    expect(out).not.toContain('0.0.0.0');
    const hint = 'From other devices, use this machine’s address in the place of 127.0.0.1.';
    expect(out.split('\n')).toContain(hint);
    expect((await serve()).out).not.toContain('other devices');
  });

  it('prints its version', async () => {
    expect(await ran(['sandbox', '-v'])).toEqual({
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      error: '',
      code: 0,
    });
  });

  it('S5: prints its addresses as one line of JSON, for scripts', async () => {
    const { out } = await serve(['--json', '--sync', 'sms-challenge']);
    expect(out).toMatch(/^.+\n$/);
    const { url, ...others } = JSON.parse(out) as Record<string, string>;
    expect(others).toEqual({
      pserver: `${url}/pserver/execute`,
      enrich: `${url}/enrich/execute`,
      ob: `${url}/ob/execute`,
      baseUrl: `${url}/linxo`,
      authToken: `${url}/session/token`,
      accessToken: `${url}/session/access-token`,
      faults: `${url}/sandbox/faults`,
      log: `${url}/sandbox/log`,
      answers: `${url}/sandbox/answers`,
    });
    const answers = await Promise.all([
      fetch(others['authToken'] ?? '', { method: 'POST' }),
      fetch(others['log'] ?? ''),
      fetch(others['answers'] ?? '', { method: 'POST' }),
    ]);
    // 409: no connection asks the user for anything.
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
  });

  it.each([
    [['--json', '--prot', '1'], 2, 'Unknown option --prot. Did you mean --port?'],
    [['--port', 'x', '--json'], 2, '--port must be a whole number from 0 to 65535, not "x".'],
  ])('S5: an error is JSON too, where JSON is asked for: %j', async (args, exitCode, message) => {
    const { out, error, code } = await ran(['sandbox', ...args]);
    expect({ out: JSON.parse(out), error, code }).toEqual({
      out: { error: { message, exitCode } },
      error: '',
      code: exitCode,
    });
    expect(out).toMatch(/^.+\n$/);
  });

  it('has colours on a terminal, and nowhere else', async () => {
    const { out } = await serve([], { isTTY: true });
    expect(out).toContain('\u001b[1mSandbox:\u001b[22m \u001b[36mhttp:');
    for (const [args, env] of [
      [['--no-color'], {}],
      [['--json'], {}],
      [[], { NO_COLOR: '1' }],
    ] as const) {
      expect((await serve(args, { isTTY: true, env })).out).not.toContain('\u001b');
    }
    expect((await serve()).out).not.toContain('\u001b');
  });

  it.each(['SIGINT', 'SIGTERM'])('serves until %s, and ends with success', async (signal) => {
    const { url, ended, interrupt } = await serve();
    expect((await fetch(`${url}/sandbox/log`)).status).toBe(200);
    interrupt(signal);
    expect(await ended).toBe(0);
    await expect(fetch(`${url}/sandbox/log`)).rejects.toThrow();
  });

  it('ends if it is interrupted while it starts', async () => {
    const { interrupt, ended } = runWith(['sandbox', '--port', '0']);
    interrupt();
    expect(await ended).toBe(0);
  });

  it.each([
    ['--prot 1', 'Unknown option --prot. Did you mean --port?'],
    ['8080', 'Unexpected argument 1. --help lists all options.'],
    ['--port', '--port needs a value.'],
    ['--port 65536', '--port must be a whole number from 0 to 65535, not "65536".'],
    ['--port x', '--port must be a whole number from 0 to 65535, not "x".'],
    ['--seed -7', '--seed needs a value. If its value begins with a dash, write --seed=VALUE.'],
    ['--seed x', '--seed must be a number, not "x".'],
    [
      '--latency 9-1',
      '--latency must be milliseconds, such as 80, or a range of them, such as 50-200, not "9-1".',
    ],
    ['--latency 1-2-3', '--latency must be milliseconds'],
    ['--latency -', '--latency must be milliseconds'],
    ['--fault explode', '--fault explode: A fault\'s "kind" must be one of slow, error'],
    [
      '--fault error,503',
      '--fault error,503: what follows the first word must be like name=value, not "503".',
    ],
    ['--fault error,status=200', 'A fault\'s "status" must be a whole number from 400 to 599, not 200.'],
    ['--fault lost,server=ob', '"server" must be linxo with the kind "lost", not "ob".'],
    ['--fault slow,count=1,probability=1', '"probability" must be omitted if there is a "count"'],
    ['--sync nothing', '--sync nothing: A synchronisation\'s "scenario" must be one of success'],
    ['--sync success,speed=0', '"speed" must be'],
    [
      '--sync success,wish=1',
      '--sync success,wish=1: A synchronisation\'s "wish" is not known. Known are connectionId',
    ],
    [
      '--sync success,spead=1',
      '--sync success,spead=1: A synchronisation\'s "spead" is not known. Did you mean "speed"?',
    ],
    [
      '--fault slow,counts=1',
      '--fault slow,counts=1: A fault\'s "counts" is not known. Did you mean "count"?',
    ],
    [
      '--sync sms-chalenge',
      ', user-action, documents-example, not "sms-chalenge". Did you mean "sms-challenge"?',
    ],
    ['--sync success,endMarkers=globl', 'not "globl". Did you mean "global"?'],
    ['--fault eror', 'burst, gone, not "eror". Did you mean "error"?'],
    ['--fault slow,server=pservr', 'not "pservr". Did you mean "pserver"?'],
    ['--fault gone,type=que', 'must be queue with the kind "gone"'],
    ['--fault truncated,type=conection', 'not "conection". Did you mean "connection"?'],
    ['--sead 7', 'Unknown option --sead. Did you mean --seed?'],
    ['--syncs success', 'Unknown option --syncs. Did you mean --sync?'],
    ['--wish', 'Unknown option --wish. --help lists all options.'],
    ['-x', 'Unknown option -x. --help lists all options.'],
    ['--script nowhere.json', '--script nowhere.json: the file cannot be read.'],
  ])('%s is rejected with one line, and exit code 2', async (flags, line) => {
    const { error, code, out } = await ran(['sandbox', ...flags.split(' ')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain(line);
    expect(error).toMatch(/^bankside sandbox: .+\n$/);
  });

  it.each(['{', '7', '[{}, null]', '{ "steps": [{}] }'])('rejects a script that is %s', async (text) => {
    expect(await ran(['sandbox', '--script', await fileWith(text)])).toMatchObject({ code: 2, out: '' });
  });

  it('says in plain words that a host is not of this machine, and that a script is no JSON', async () => {
    expect(await ran(['sandbox', '--host', '192.0.2.1'])).toEqual({
      code: 1,
      out: '',
      error: 'bankside sandbox: This machine has no address 192.0.2.1.\n',
    });
    expect((await ran(['sandbox', '--script', await fileWith('{')])).error).toMatch(
      /: the file is not JSON\.\n$/,
    );
  });

  it('starts the server with the flags, and prints its addresses', async () => {
    const { out, url } = await serve(['--seed', '7', '--fault', 'error,status=503,server=ob,probability=1']);
    expect(out).toContain(`Sandbox: ${url}\n`);
    for (const path of ['pserver/execute', 'linxo', 'session/token']) expect(out).toContain(`${url}/${path}`);

    const ask = (path: string, type: string) =>
      fetch(url + path, { method: 'POST', body: JSON.stringify({ type }) });
    expect((await ask('/gateway/ob', 'getAccounts')).status).toBe(503);
    expect(await (await ask('/gateway/pserver', 'getNumberOfInsights')).json()).toMatchObject({
      ok: true,
      numberOfInsights: 6,
      unread: 4,
    });
  });

  it('S5: --replay serves a recording, beside other flags', async () => {
    const request = { at: 0, server: 'ob', requestId: '1', body: { type: 'getAccounts' } };
    const end = { after: 1, code: 'HTTP', status: 418 };
    const head = { format: 'bankside recording', version: 1, duration: 1, isCut: false };
    const file = await fileWith(JSON.stringify({ ...head, requests: [{ ...request, end }] }));
    const { url } = await serve(['--replay', file, '--latency', '1']);
    const init = { method: 'POST', body: JSON.stringify(request.body) };
    expect((await fetch(`${url}/gateway/ob`, init)).status).toBe(418);
  });

  it('S5: --replay refuses what is no recording in one line, with exit code 2', async () => {
    const [cut, other] = [await fileWith('{"format":'), await fileWith('<html>')];
    const lines = [
      ['no-such-file.json', 'the file cannot be read.'],
      ['.', 'the file cannot be read.'],
      [cut, 'it is not JSON, or it is cut off.'],
      [other, 'not a page of HTML or XML.'],
    ] as const;
    for (const [file, line] of lines) {
      const { error, code, out } = await ran(['sandbox', '--replay', file]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(error).toContain(`--replay ${file}: `);
      expect(error).toContain(line);
      expect(error).toMatch(/^bankside sandbox: .+\n$/);
    }
  });

  it('requires the given port, and fails with exit code 1 if it is taken', async () => {
    const { port } = new URL((await serve()).url);
    expect(await ran(['sandbox', '--port', port])).toEqual({
      out: '',
      error: `bankside sandbox: Port ${port} is taken.\n`,
      code: 1,
    });
    const { out } = await ran(['sandbox', '--json', '--port', port]);
    expect(JSON.parse(out)).toEqual({ error: { message: `Port ${port} is taken.`, exitCode: 1 } });
  });
});
