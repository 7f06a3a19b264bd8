import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { Shell, type ShellName } from './shell.ts';

/** Opens the page in an app for the tests of a suite, once. */
export function useShell(getEngine: () => Engine, name: ShellName): () => Shell {
  let shell: Shell | undefined;

  beforeAll(async () => {
    shell = await Shell.open(getEngine(), name);
  });

  afterAll(() => shell?.close());

  return () => {
    if (!shell) throw new Error('The app is there for tests and hooks alone');
    return shell;
  };
}
