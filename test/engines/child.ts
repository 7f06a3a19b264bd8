import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const withParent = fileURLToPath(new URL('with-parent.sh', import.meta.url));

/** A program to start, and what it needs in its environment. */
interface Program {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Has a program end when the process that starts it ends, however that happens. Linux alone can do that; elsewhere the program is
 * started as it is, and is left behind if this process is killed.
 */
export function programWithParent(file: string): Program {
  return process.platform === 'linux' ? { file: withParent, env: { PROGRAM: file } } : { file, env: {} };
}

/** Starts a program that ends when this process ends: see {@link programWithParent}. */
export function startChild(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const program = programWithParent(file);
  return spawn(program.file, args, { ...options, env: { ...(options.env ?? process.env), ...program.env } });
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
