import { describe, expect, it, onTestFinished } from 'vitest';
import { FAULT_KINDS } from '../../../../src/testing/faults/read-fault.ts';
import { SCENARIO_NAMES } from '../../../../src/testing/linxo/scenarios.ts';
import { readFlags } from '../../../../src/testing/server/command/read-flags.ts';
import { type Outcome, runCommand, usageOn } from '../../../../src/testing/server/command/run-command.ts';
import { fileWith } from './fixtures/file-with.ts';

const USAGE = usageOn('linux');

/** Runs the command on any free port, for as long as the test does. */
async function run(args: readonly string[] = [], platform: NodeJS.Platform = 'linux'): Promise<Outcome> {
  const outcome = await runCommand(['--port', '0', ...args], platform);
  onTestFinished(() => outcome.server?.close());
  return outcome;
}

describe('the command', () => {
  it('explains each flag', async () => {
    expect(await runCommand(['--help'], 'linux')).toEqual({ out: USAGE.trimEnd(), code: 0 });
    const { options } = readFlags(['--no-cors']) as { options: object };
    expect(options).toMatchObject({ cors: false });
    for (const flag of 'port host allowed-host seed latency fault sync script no-cors help version'.split(
      ' ',
    )) {
      expect(USAGE).toContain(`--${flag}`);
    }
  });

  it('names all kinds of faults and all scenarios', () => {
    const words = USAGE.split(/[^\w-]+/);
    expect(words).toEqual(expect.arrayContaining([...SCENARIO_NAMES]));
    expect(words).toEqual(expect.arrayContaining(Object.keys(FAULT_KINDS)));
    expect(Math.max(...USAGE.split('\n').map(({ length }) => length))).toBeLessThan(121);
  });

  it('shows the line that answers a challenge, for any shell', async () => {
    const { out, server } = await run(['--sync', 'sms-challenge']);
    const line = `curl -X POST ${server?.url}/sandbox/answers`;
    expect(out?.split('\n')).toContain(`  ${line}`);
    expect(line).not.toMatch(/['"?&$%^!*\\]/);
    expect(USAGE).toContain('  curl -X POST http://127.0.0.1:4173/sandbox/answers\n');
    expect((await run()).out).not.toContain('curl');
  });

  it('S5: shows it so that Windows PowerShell understands it, whose `curl` is another command', async () => {
    const { out, server } = await run(['--sync', 'sms-challenge'], 'win32');
    expect(out?.split('\n')).toContain(`  curl.exe -X POST ${server?.url}/sandbox/answers`);
    expect((await runCommand(['--help'], 'win32')).out).toBe(usageOn('win32').trimEnd());
    expect(usageOn('win32')).toBe(USAGE.replace(' curl ', ' curl.exe '));
  });

  it('S5: names an address that works, where it listens on all of them', async () => {
    const { out = '', server } = await run(['--host', '0.0.0.0', '--sync', 'success']);
    expect(server?.url).toBe(`http://127.0.0.1:${server?.port}`);
    expect((await fetch(`${server?.url}/sandbox/log`)).status).toBe(200);
    expect(out).toContain(`Sandbox: ${server?.url}\n`);
    expect(out).toContain(`curl -X POST ${server?.url}/sandbox/answers`);
    expect(out).not.toContain('0.0.0.0');
    const hint = 'From other devices, use this machine’s address in the place of 127.0.0.1.';
    expect(out.split('\n')).toContain(hint);
    expect((await run()).out).not.toContain('other devices');
  });

  it('prints its version', async () => {
    expect(await runCommand(['-v'])).toMatchObject({
      out: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      code: 0,
    });
  });

  it.each([
    ['--prot 1', "Unknown option '--prot'"],
    ['8080', "Unexpected argument '8080'."],
    ['--port', "Option '--port <value>' argument missing"],
    ['--port 65536', '--port must be a whole number from 0 to 65535, not "65536".'],
    ['--port x', '--port must be a whole number from 0 to 65535, not "x".'],
    ['--seed -7', "Option '--seed' argument is ambiguous."],
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
    ['--sead 7', "Unknown option '--sead'. Did you mean --seed?"],
    ['--syncs success', "Unknown option '--syncs'. Did you mean --sync?"],
    ['--wish', "Unknown option '--wish'. --help lists all."],
    ['-x', "Unknown option '-x'. --help lists all."],
    ['--script nowhere.json', '--script nowhere.json: ENOENT'],
  ])('%s is rejected with one line, and exit code 2', async (flags, line) => {
    const { error, code, out, server } = await runCommand(flags.split(' '));
    expect({ code, out, server }).toEqual({ code: 2 });
    expect(error).toContain(line);
    expect(error).toMatch(/^bankside-sandbox: .+$/);
  });

  it.each(['{', '7', '[{}, null]', '{ "steps": [{}] }'])('rejects a script that is %s', async (text) => {
    expect(await run(['--script', await fileWith(text)])).toMatchObject({ code: 2 });
  });

  it('starts the server with the flags, and prints its addresses', async () => {
    const { out, server } = await run(['--seed', '7', '--fault', 'error,status=503,server=ob,probability=1']);
    const url = server?.url ?? '';
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

  it('requires the given port, and fails with exit code 1 if it is taken', async () => {
    const { server } = await run();
    expect(await runCommand(['--port', `${server?.port}`])).toEqual({
      error: `bankside-sandbox: Port ${server?.port} is taken.`,
      code: 1,
    });
  });
});
