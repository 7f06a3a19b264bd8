/** What a sub-command uses of its process, so that tests can run it without one. */
export interface CommandIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Aborted when the user or the system ends the command: Ctrl-C, SIGTERM. */
  readonly signal: AbortSignal;
}

/** A stream of Node: `process.stdout`. */
export interface Output {
  write(text: string): unknown;
  /** Whether a person reads along. */
  readonly isTTY?: boolean | undefined;
}

/**
 * A sub-command. It resolves with its exit code. It rejects with a {@link UsageError} for wrong use, with the reason of the signal when
 * it was interrupted, or with another error: `runCommand` prints each in one line and knows the exit code.
 */
export type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;

/** Of commands, as scripts expect them. An interrupted one has 128 and the number of the signal: 130 after Ctrl-C. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT = {
  fine: 0,
  /** It failed, or has found something. */
  failed: 1,
  wrongUse: 2,
} as const;

/** A flag or an argument that does not fit. The message is one line. It repeats names, and values of flags that say how to work, such as `--timeout`; no other value, since it could be a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
