import type { Command } from './command.ts';
import { type Answer, isRefusal, type Reply, refusal, success } from './reply.ts';

/** One server's knowledge, without HTTP: a test can use it directly. */
export interface Service {
  /**
   * Answers a command as the server does; a 404 for a type that it does not know. The reply is a copy: to change it
   * changes nothing in the server.
   */
  execute(command: Command): Reply;
}

/** What carries out one command. */
export type Execute = (command: Command) => Answer;

/** `name` begins the server's own ids of requests; `commands` is keyed by the command's `type`. */
export function createService(name: string, commands: Readonly<Record<string, Execute>>): Service {
  // A map: a command called `constructor` or `__proto__` finds nothing.
  const byType = new Map(Object.entries(commands));
  let answered = 0;
  return {
    execute(command) {
      const answer = byType.get(command.type)?.(command);
      if (!answer) return refusal(404, 'This server has no command of that type.');
      if (isRefusal(answer)) return answer;
      answered += 1;
      return success(command, `sandbox-${name}-${answered}`, structuredClone(answer));
    },
  };
}
