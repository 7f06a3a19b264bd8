import './bank.css';
import type { QueuePoller, WidgetBridge } from 'bankside';
import { byId, element } from '../../../examples/showcase/shared/dom/element.js';
import { readSettings } from '../read-settings.ts';
import type { Settings } from '../settings.ts';
import { REPLAY } from '../worker/start-sandbox.ts';
import { ON_WIRED, type PlaygroundWindow } from './playground-window.ts';
import { type Bank, startBank } from './start-bank.ts';

interface ParentWindow {
  readonly [REPLAY]?: string;
  readonly [ON_WIRED]?: (bank: Bank) => void;
}

// The bank's page in the frame of the playground. Its address has the settings.

const ready = start();
const playground: { bridge?: WidgetBridge; poller?: QueuePoller; ready: Promise<void> } = { ready };
(globalThis as unknown as PlaygroundWindow).playground = playground;

async function start(): Promise<void> {
  await Promise.resolve(); // `playground` is there first
  try {
    const settings: Settings = readSettings(location.search).settings;
    const { bridge, poller } = await startBank(settings, ofParent(REPLAY), ofParent(ON_WIRED) ?? (() => {}));
    Object.assign(playground, { bridge, poller });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    byId('widget-root', HTMLElement).replaceChildren(
      element('p', { class: 'widget-absent', role: 'alert' }, `The page could not be started. ${words}`),
    );
    throw error;
  }
}

/** What the playground has left on its window: the recording that was opened, and who wants to know the bridge early. */
function ofParent<K extends typeof REPLAY | typeof ON_WIRED>(key: K): ParentWindow[K] | undefined {
  try {
    return (parent as unknown as ParentWindow)[key];
  } catch {
    return undefined; // a page of another site shows this one
  }
}
