import { byId } from '../../../examples/showcase/shared/dom/element.js';
import type { Settings } from '../settings.ts';
import { startSandbox } from '../worker/start-sandbox.ts';
import { acceptRecordings, type RecordingFile } from './recording-file.ts';
import { showMessage } from './status.ts';

/** What a recording decides itself. */
const DECIDED = ['synchronisation', 'speed', 'seed'] as const;

interface OpenedRecording {
  readonly settings: () => Settings;
  /** Opens the bank's page again: over the recording, or without one from now on. */
  readonly reopen: () => void;
}

/** Lets a visitor open a recording, and shows which one is open. */
export function createOpenedRecording({ settings, reopen }: OpenedRecording): { close(): Promise<void> } {
  byId('play-again', HTMLButtonElement).addEventListener('click', reopen);
  byId('close-recording', HTMLButtonElement).addEventListener('click', async () => {
    await close();
    reopen();
    byId('open-recording', HTMLButtonElement).focus();
  });
  acceptRecordings(open, (words) => showMessage('problem', words));
  return { close };

  async function open({ name, text }: RecordingFile): Promise<void> {
    try {
      await startSandbox(settings(), text);
      show(name);
      reopen();
    } catch (error) {
      showMessage('problem', `${name} cannot be opened. ${error instanceof Error ? error.message : error}`);
    }
  }

  async function close(): Promise<void> {
    if (byId('recording', HTMLElement).hidden) return;
    await startSandbox(settings());
    show(undefined);
  }
}

function show(name: string | undefined): void {
  showMessage('problem', undefined);
  byId('recording', HTMLElement).hidden = name === undefined;
  byId('recording-words', HTMLElement).textContent =
    name === undefined
      ? ''
      : `Playing ${name}. The servers answer as recorded. A request that is not in it gets status 404.`;
  for (const id of DECIDED) {
    const control = document.getElementById(id);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      control.disabled = name !== undefined;
    }
  }
}
