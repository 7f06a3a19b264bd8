#!/usr/bin/env node
// The command `bankside-sandbox`: says where it listens, and ends at once when it is told to.
import process from 'node:process';
import { runCommand } from './run-command.ts';

const { out, error, code, server } = await runCommand(process.argv.slice(2));
if (out !== undefined) process.stdout.write(`${out}\n`);
if (error !== undefined) process.stderr.write(`${error}\n`);
process.exitCode = code;
// Nothing is left then that would keep the process alive; a second signal has the system's own effect.
if (server) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
