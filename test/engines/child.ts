import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const withParent = fileURLToPath(new URL('with-parent.sh', import.meta.url));

/** A program to start, and its environment. */
interface Program {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Ends a program when the process that started it ends, for whatever reason. Only Linux can do that: on other
 * systems the program goes on if this process is killed.
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
