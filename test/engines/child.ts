import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** For programs that others start: runs `$PROGRAM` with the arguments given, as {@link startChild} does. */
export const withParent: string = fileURLToPath(new URL('with-parent.sh', import.meta.url));

/** Starts a program that ends when this process ends, however that happens. */
export function startChild(file: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(withParent, args, { ...options, env: { ...(options.env ?? process.env), PROGRAM: file } });
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
