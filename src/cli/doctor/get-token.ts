import { spawn } from 'node:child_process';
import process from 'node:process';
import { onAbort } from '../../abort.ts';
import { CredentialSource } from '../../credential.ts';
import { isBanksideError } from '../../errors.ts';
import { startTimer } from '../../start-timer.ts';
import { type CommandIo, UsageError } from '../command.ts';
import type { TokenOrigin } from './doctor-settings.ts';

/** A command may ask a server for the token. In ms. */
const LONGEST_RUN = 60_000;
/** How long what a command has left in the background can keep its output open. In ms. */
const LONGEST_REST = 500;
/** In bytes. */
const LONGEST_OUTPUT = 65_536;

/**
 * Gets a token. `undefined`: there is none, or the gateway adds it.
 *
 * @param flag The flag of the command, for errors.
 * @throws UsageError without the token, the command and its output; or the reason of the signal.
 */
export async function getToken(
  origin: TokenOrigin,
  flag: string,
  { env, signal }: Pick<CommandIo, 'env' | 'signal'>,
): Promise<string | undefined> {
  if (origin.from === 'environment') return tokenIn(env, origin.variable);
  if (origin.from !== 'command') return undefined;
  const output = await outputOf(origin.command, flag, { env, signal });
  // Commands end their output with a line break, which shells drop too.
  return checkedToken(`The output of ${flag}`, output.replace(/\r?\n$/, ''));
}

/** @throws UsageError In a pipeline, the variable of a secret that is missing is often set, and empty. */
export function tokenIn(env: CommandIo['env'], variable: string): string {
  const token = env[variable] ?? '';
  if (token === '') throw new UsageError(`${variable} is set, and empty. Set the token, or unset it.`);
  return checkedToken(variable, token);
}

/** Checks it as the options of the page do. */
function checkedToken(from: string, token: string): string {
  try {
    new CredentialSource(from, token);
    return token;
  } catch (error) {
    if (!isBanksideError(error, 'INVALID_OPTIONS')) throw error;
    throw new UsageError(
      `${from} must be a token of visible ASCII characters, not ${error.details.received}.`,
    );
  }
}

function outputOf(
  command: string,
  flag: string,
  { env, signal }: Pick<CommandIo, 'env' | 'signal'>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // A group of its own, so that what the shell has started can be ended too. What it says of errors could hold the token.
    const isGroup = process.platform !== 'win32';
    const child = spawn(command, {
      shell: true,
      detached: isGroup,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let rest: ReturnType<typeof startTimer> | undefined;

    function end(settle: () => void): void {
      clearTimeout(timer);
      clearTimeout(rest);
      removeListener();
      settle();
    }

    function stop(error: unknown): void {
      end(() => reject(error));
      child.stdout.destroy();
      if (child.pid === undefined) return;
      try {
        process.kill(isGroup ? -child.pid : child.pid);
      } catch {
        // It has ended already.
      }
    }

    const timer = startTimer(
      () => stop(new UsageError(`${flag}: the command did not end within ${LONGEST_RUN / 1_000} s.`)),
      LONGEST_RUN,
    );
    const removeListener = onAbort(signal, () => stop(signal.reason));
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LONGEST_OUTPUT)
        stop(new UsageError(`${flag}: the output of the command is too long for a token.`));
    });
    child.on('error', () => end(() => reject(new UsageError(`${flag}: the command cannot be started.`))));
    function conclude(code: number | null, killedBy: NodeJS.Signals | null): void {
      child.stdout.destroy();
      const how = code === null ? `was ended by ${killedBy}` : `ended with the exit code ${code}`;
      const failure = new UsageError(`${flag}: the command ${how}. Run it alone to see why.`);
      if (code === 0) end(() => resolve(Buffer.concat(chunks).toString('utf8')));
      else end(() => reject(failure));
    }

    child.on('close', conclude);
    // What it has started in the background keeps its output open.
    child.on('exit', (code, killedBy) => {
      rest = startTimer(() => conclude(code, killedBy), LONGEST_REST);
    });
  });
}
