import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { getToken } from '../../../src/cli/doctor/get-token.ts';

const env = { ...process.env };
const ignored = new AbortController().signal;

/** A command that runs a script of Node, on each platform. */
function node(script: string): string {
  return `"${process.execPath}" -e "${script}"`;
}

function run(script: string, signal = ignored): Promise<string | undefined> {
  return getToken({ from: 'command', command: node(script) }, '--auth-token-command', { env, signal });
}

async function refusal(token: Promise<unknown>): Promise<string> {
  const error = await token.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  const { message } = error as Error;
  expect(message).not.toMatch(/[\n\r]|secret/);
  return message;
}

describe('a token', () => {
  it('is that of the environment', async () => {
    const io = { env: { TOKEN: 'a.b-c' }, signal: ignored };
    expect(await getToken({ from: 'environment', variable: 'TOKEN' }, '--auth-token-command', io)).toBe(
      'a.b-c',
    );
  });

  it('is what a command prints, without the line break at its end', async () => {
    expect(await run("console.log('a.b-c')")).toBe('a.b-c');
    expect(await run("process.stdout.write('a.b-c\\r\\n')")).toBe('a.b-c');
    expect(await run("process.stdout.write('a.b-c')")).toBe('a.b-c');
  });

  it('is none where the gateway adds it, or where it is missing', async () => {
    for (const from of ['gateway', 'missing'] as const)
      expect(await getToken({ from }, '--auth-token-command', { env, signal: ignored })).toBeUndefined();
  });

  it.each([
    ['secret\n', 'a string with a space or a line break at one end (trim it)'],
    ['{"token":"secret"}', 'JSON (return the token in it)'],
    ['<html>secret</html>', 'HTML (is it a sign-in page?)'],
    ['secrét', 'a string with other characters'],
  ])('is checked as in a page: %j', async (token, received) => {
    const io = { env: { TOKEN: token }, signal: ignored };
    expect(await refusal(getToken({ from: 'environment', variable: 'TOKEN' }, '', io))).toBe(
      `TOKEN must be a token of visible ASCII characters, not ${received}.`,
    );
  });

  it('is not taken from a variable that is empty, as of a secret that a pipeline lacks', async () => {
    const io = { env: { TOKEN: '' }, signal: ignored };
    expect(await refusal(getToken({ from: 'environment', variable: 'TOKEN' }, '', io))).toBe(
      'TOKEN is set, and empty. Set the token, or unset it.',
    );
  });

  it.skipIf(process.platform === 'win32')('does not wait for what its command has left behind', async () => {
    const origin = { from: 'command', command: 'sleep 30 & echo a.b-c' } as const;
    expect(await getToken(origin, '--auth-token-command', { env, signal: ignored })).toBe('a.b-c');
  });

  it('from a command is checked too', async () => {
    expect(await refusal(run(''))).toBe(
      'The output of --auth-token-command must be a token of visible ASCII characters, not an empty string.',
    );
    expect(await refusal(run("console.log('secret'); console.log('secret')"))).toContain('other characters');
  });
});

describe('a command that fails', () => {
  it('is named by its flag and its exit code, without what it printed', async () => {
    const script = "console.log('secret'); console.error('secret'); process.exitCode = 7";
    expect(await refusal(run(script))).toBe(
      '--auth-token-command: the command ended with the exit code 7. Run it alone to see why.',
    );
  });

  it('may not exist', async () => {
    const origin = { from: 'command', command: 'no-such-command-of-bankside secret' } as const;
    expect(await refusal(getToken(origin, '--access-token-command', { env, signal: ignored }))).toMatch(
      /^--access-token-command: the command ended with the exit code \d+\./,
    );
  });

  it('is ended if it prints too much', async () => {
    const endless = "setInterval(() => process.stdout.write('secret'.repeat(10000)), 1)";
    expect(await refusal(run(endless))).toBe(
      '--auth-token-command: the output of the command is too long for a token.',
    );
  });

  it('is ended if it takes too long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const token = refusal(run('setInterval(() => {}, 1000)'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await token).toBe('--auth-token-command: the command did not end within 60 s.');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ended with the signal', async () => {
    const abort = new AbortController();
    const token = run('setInterval(() => {}, 1000)', abort.signal);
    abort.abort('SIGINT');
    await expect(token).rejects.toBe('SIGINT');
    await expect(run('', abort.signal)).rejects.toBe('SIGINT');
  });
});
