import type { Command } from './command.ts';
import { type Reply, refusal } from './reply.ts';

/** One server's knowledge, without HTTP: usable directly in a test of one's own. */
export interface Service {
  /** Answers a command as the server does; a 404 for a type that it does not know. */
  execute(command: Command): Reply;
}

export type Answer = (command: Command) => Reply;

/** `answers` is keyed by the command's `type`. */
export function createService(answers: Readonly<Record<string, Answer>>): Service {
  // A map: a command called `constructor` or `__proto__` finds nothing.
  const byType = new Map(Object.entries(answers));
  return {
    execute: (command) =>
      byType.get(command.type)?.(command) ?? refusal(404, 'This server has no command of that type.'),
  };
}
