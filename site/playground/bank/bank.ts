import './bank.css';
import type { QueuePoller, WidgetBridge } from 'bankside';
import { byId, element } from '../../../examples/showcase/shared/dom/element.js';
import { readSettings } from '../read-settings.ts';
import type { Settings } from '../settings.ts';
import { REPLAY } from '../worker/start-sandbox.ts';
import type { PlaygroundWindow } from './playground-window.ts';
import { startBank } from './start-bank.ts';

// The bank's page in the frame of the playground. Its address has the settings.

const ready = start();
const playground: { bridge?: WidgetBridge; poller?: QueuePoller; ready: Promise<void> } = { ready };
(globalThis as unknown as PlaygroundWindow).playground = playground;

async function start(): Promise<void> {
  await Promise.resolve(); // `playground` is there first
  try {
    const settings: Settings = readSettings(location.search).settings;
    const { bridge, poller } = await startBank(settings, recordingOfParent());
    Object.assign(playground, { bridge, poller });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    byId('widget-root', HTMLElement).replaceChildren(
      element('p', { class: 'widget-absent', role: 'alert' }, `The page could not be started. ${words}`),
    );
    throw error;
  }
}

/** The text of the recording that was opened in the playground, if there is one. */
function recordingOfParent(): string | undefined {
  try {
    return (parent as unknown as { readonly [REPLAY]?: string })[REPLAY];
  } catch {
    return undefined; // a page of another site shows this one
  }
}
