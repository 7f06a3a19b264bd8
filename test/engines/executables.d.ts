export type EngineName = 'chromium' | 'firefox' | 'webkit';

export interface Executable {
  readonly name: string;
  readonly engine: EngineName;
  /** Names under which it is on the path. */
  readonly commands: readonly string[];
  /** Whole paths under which it may be besides. */
  readonly files?: () => readonly string[];
  /** Arguments with which it succeeds, if it has all that it needs. */
  readonly proof?: readonly string[] | undefined;
  /** Of the environment: names the file to take instead. */
  readonly variable: string;
  /** The packages that bring it. */
  readonly debian: string;
}

export const executables: readonly Executable[];

/** The file to run, if this machine has it. */
export function locate(executable: Executable): string | undefined;

/** The file to run for a name of the list above; an error that says what to install when there is none. */
export function executableOf(name: string): string;

/** What this machine lacks for an engine. */
export function missingFor(engine: EngineName): readonly Executable[];

/** A sentence for the person at the machine. @param missing At least one. */
export function howToInstall(missing: readonly Executable[]): string;
