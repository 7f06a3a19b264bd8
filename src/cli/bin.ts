#!/usr/bin/env node
// The command `bankside`. SIGINT and SIGTERM end it; a second signal kills it.
import process from 'node:process';
import { EXIT } from './command.ts';
import { runCommand } from './run-command.ts';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort(signal));

const { stdout, stderr, env, platform } = process;
// A reader that has seen enough, such as `head`, closes the pipe. That is no failure: the rest is not printed.
for (const output of [stdout, stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    // `EOF` on Windows.
    if (error.code === 'EPIPE' || error.code === 'EOF') return;
    // Nothing that follows could be printed. If it was this output that failed, the line is lost too.
    if (output === stdout)
      stderr.write(`bankside: The output cannot be written (${error.code ?? 'unknown'}).\n`);
    process.exit(EXIT.failed);
  });
}

process.exitCode = await runCommand(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  platform,
  signal: interruption.signal,
});
