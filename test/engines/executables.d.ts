export type EngineName = 'chromium' | 'firefox' | 'webkit';

export interface Executable {
  readonly name: string;
  readonly engine: EngineName;
  /** Its names on the path. */
  readonly commands: readonly string[];
  /** Absolute paths where it may also be. */
  readonly files?: () => readonly string[];
  /** Arguments with which it exits with 0 if it works. */
  readonly proof?: readonly string[] | undefined;
  /** An environment variable that names another file. */
  readonly variable: string;
  /** The Debian packages that contain it. */
  readonly debian: string;
}

export const executables: readonly Executable[];

/** The file to run, if it is installed. */
export function locate(executable: Executable): string | undefined;

/** The file to run for a name of the list above. @throws With a note what to install, if there is none. */
export function executableOf(name: string): string;

/** The executables that an engine lacks on this machine. */
export function missingFor(engine: EngineName): readonly Executable[];

/** A sentence for the person at the machine. @param missing At least one. */
export function howToInstall(missing: readonly Executable[]): string;
