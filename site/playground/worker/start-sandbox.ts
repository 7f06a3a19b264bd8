import type { Settings } from '../settings.ts';
import { askWorker, Refusal } from './ask-worker.ts';
import { loadSandbox } from './load-sandbox.ts';
import { registerWorker } from './register-worker.ts';

/** Where the sandbox is. */
export interface SandboxStart {
  readonly place: 'worker' | 'page';
  /** Why it is not in a service worker: one sentence. */
  readonly reason?: string;
}

/** Where the frame of the bank's page finds the recording that was opened: on the window around it. */
export const REPLAY = Symbol.for('bankside.playground.replay');

/**
 * Makes the sandbox ready for the bank's page: registers the service worker, and keeps the recording for that page. Load that
 * page (again) afterwards: it opens its own sandbox, with the settings in its address. Where there are no service workers, it
 * runs the sandbox itself.
 *
 * @param replay The text of a recording. Missing: none is played, nor any that was opened before.
 * @returns A promise that settles within some seconds.
 * @throws Error with one sentence, if the settings or the recording cannot be read. What was opened before stays.
 */
export async function startSandbox({ faults, seed }: Settings, replay?: string): Promise<SandboxStart> {
  const wish = { faults, seed, replay };
  const start = await check();
  Object.assign(globalThis, { [REPLAY]: replay });
  return start;

  async function check(): Promise<SandboxStart> {
    try {
      await askWorker(await registerWorker(), { kind: 'check', wish });
      return { place: 'worker' };
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const PlaygroundSandbox = await loadSandbox();
      new PlaygroundSandbox(wish, () => {}).close();
      return { place: 'page', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
