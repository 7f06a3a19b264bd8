import { describe, expect, it, onTestFinished } from 'vitest';
import { USAGE } from '../../src/cli/usage.ts';
import { ran, runWith } from './fixtures/run-with.ts';
import { serveNothing } from './fixtures/serve-nothing.ts';

describe('bankside', () => {
  it.each([['--help'], ['-h'], ['help']])('lists its commands with %s', async (...args) => {
    expect(await ran(args)).toEqual({ out: USAGE, error: '', code: 0 });
  });

  it('S5: lists them on stderr where no command is given, since that is wrong use', async () => {
    expect(await ran([])).toEqual({ out: '', error: USAGE, code: 2 });
  });

  it('names both commands, each flag and each exit code, in lines that fit a terminal', () => {
    for (const word of ['sandbox', 'doctor', '--help', '--version', '--json', '--no-color', 'NO_COLOR']) {
      expect(USAGE).toContain(word);
    }
    for (const code of [0, 1, 2, 130]) expect(USAGE).toMatch(new RegExp(`^ {2}${code} `, 'm'));
    expect(Math.max(...USAGE.split('\n').map(({ length }) => length))).toBeLessThan(121);
  });

  it.each([
    ['sandbox', 'doctor'],
    ['doctor', 'sandbox'],
  ])('explains %s alone, in two ways', async (name, other) => {
    const { out, code } = await ran([name, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: bankside ${name} `));
    expect(out).not.toContain(`bankside ${other}`);
    expect(await ran(['help', name])).toEqual({ out, error: '', code: 0 });
  });

  it.each(['--version', '-v'])('prints its version with %s', async (flag) => {
    expect(await ran([flag])).toEqual({
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      error: '',
      code: 0,
    });
  });

  it.each([
    ['sanbox', 'Unknown command sanbox. Did you mean sandbox?'],
    ['Doctor', 'Unknown command Doctor. Did you mean doctor?'],
    ['physician', 'Unknown command physician. Known are sandbox and doctor.'],
    ['constructor', 'Unknown command constructor. Known are sandbox and doctor.'],
    ['help nobody', 'Unknown command nobody. Known are sandbox and doctor.'],
    ['--hlep', 'Unknown option --hlep. Did you mean --help?'],
    ['--version=1', '--version takes no value.'],
    ['--port 1', 'Unknown option --port. --help lists all options.'],
    ['--no-color doctor', 'Unexpected argument 2 after --no-color. --help lists all options.'],
  ])('S5: %s is rejected with one line, and exit code 2', async (args, line) => {
    expect(await ran(args.split(' '))).toEqual({ out: '', error: `bankside: ${line}\n`, code: 2 });
  });

  it('S5: an error is one object of JSON on stdout with --json', async () => {
    const { out, error, code } = await ran(['sanbox', '--json']);
    expect(JSON.parse(out)).toEqual({
      error: { message: 'Unknown command sanbox. Did you mean sandbox?', exitCode: 2 },
    });
    expect({ error, code }).toEqual({ error: '', code: 2 });
  });

  it('S5: without a command, the error is an object too', async () => {
    const { out, error, code } = await ran(['--json']);
    expect(JSON.parse(out)).toEqual({
      error: { message: 'A command is missing. Known are sandbox and doctor.', exitCode: 2 },
    });
    expect({ error, code }).toEqual({ error: '', code: 2 });
  });

  it.each([
    [['eyJhbGciOiJIUzI1NiJ9.secret']],
    [['--', 'secret.secret']],
    [['-v', 'secret']],
    [['doctor', 'secret']],
  ])('S5: repeats no argument that could be a secret: %j', async (args) => {
    const { out, error, code } = await ran(args);
    expect(out + error).not.toContain('secret');
    expect(error).toMatch(/^bankside( doctor)?: .+\n$/);
    expect(code).toBe(2);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('S5: a doctor that %s interrupts ends with %i, in words or as JSON', async (signal, exitCode) => {
    const { url, close } = await serveNothing();
    onTestFinished(close);
    const flags = ['--origin', 'http://127.0.0.1:3000', '--pserver', url, '--no-auth-token'];
    const doctor = runWith(['doctor', ...flags]);
    await doctor.started;
    doctor.interrupt(signal);
    expect(await doctor.ended).toBe(exitCode);
    expect(doctor.error).toBe('bankside doctor: Interrupted.\n');

    const scripted = runWith(['doctor', ...flags, '--json']);
    scripted.interrupt(signal);
    expect(await scripted.ended).toBe(exitCode);
    expect(JSON.parse(scripted.out)).toEqual({ error: { message: 'Interrupted.', exitCode } });
    expect(scripted.error).toBe('');
  });

  it('marks an error with a colour on a terminal, and nowhere else', async () => {
    const red = '\u001b[31mbankside:\u001b[39m Unknown command';
    expect((await ran(['sanbox'], { isTTY: true })).error).toContain(red);
    expect((await ran(['sanbox', '--no-color'], { isTTY: true })).error).not.toContain('\u001b');
    expect((await ran(['sanbox', '--json'], { isTTY: true })).out).not.toContain('\u001b');
    expect((await ran(['sanbox'])).error).not.toContain('\u001b');
  });
});
