#!/usr/bin/env node
// The command `bankside-sandbox`: prints its addresses, and stops on SIGINT or SIGTERM.
import process from 'node:process';
import { runCommand } from './run-command.ts';

const { out, error, code, server } = await runCommand(process.argv.slice(2));
if (out !== undefined) process.stdout.write(`${out}\n`);
if (error !== undefined) process.stderr.write(`${error}\n`);
process.exitCode = code;
// After `close` nothing keeps the process alive. A second signal kills it.
if (server) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
