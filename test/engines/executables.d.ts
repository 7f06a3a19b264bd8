export type EngineName = 'chromium' | 'firefox' | 'webkit';

export interface Executable {
  readonly engine: EngineName;
  readonly commands: readonly string[];
  /** Arguments with which it succeeds, if it has all that it needs. */
  readonly proof?: readonly string[];
  readonly variable: string;
  readonly debian: string;
}

export const executables: readonly Executable[];

/** The file to run, if this machine has it. */
export function locate(executable: Executable): string | undefined;

/** The file to run for a command of the list above; an error that says what to install when there is none. */
export function executableOf(command: string): string;

export function missingExecutables(): readonly Executable[];

export function howToInstall(missing: readonly Executable[]): string;
