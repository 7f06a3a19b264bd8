import type { PlaygroundWindow } from '../../../../../site/playground/bank/playground-window.ts';
import type { Settings } from '../../../../../site/playground/settings.ts';
import { startSandbox } from '../../../../../site/playground/worker/start-sandbox.ts';

// A page with any number of the playground's frames, as the playground has one.

/** What a page of frames can do. */
export interface FramesPage {
  startSandbox: typeof startSandbox;
  /** Loads the bank's page into a new frame, and resolves once it has started. */
  open(settings: Partial<Settings>): Promise<void>;
  /** The frames, in the order in which they were opened. */
  readonly frames: readonly (Window & PlaygroundWindow)[];
}

const frames: (Window & PlaygroundWindow)[] = [];

async function open(settings: Partial<Settings>): Promise<void> {
  const frame = document.createElement('iframe');
  frame.src = `bank.html?${new URLSearchParams({ settings: JSON.stringify(settings) })}`;
  frame.width = '800';
  frame.height = '600';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const page = frame.contentWindow as Window & PlaygroundWindow;
  frames.push(page);
  await page.playground?.ready;
}

Object.assign(globalThis, { playgroundFrames: { startSandbox, open, frames } satisfies FramesPage });
