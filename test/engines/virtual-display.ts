import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { endChild, startChild } from './child.ts';
import { executableOf } from './executables.js';

/** Width and height, in pixels. */
export const displaySize = 2560;

/** A virtual screen, for browsers without a headless mode. */
export interface VirtualDisplay {
  /** For the environment variable `DISPLAY`. */
  readonly name: string;
  /** Ends the display and all programs on it. */
  close(): Promise<void>;
}

/** Xvfb chooses a free number itself and writes it to a pipe, so that two displays never get the same one. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const args = ['-displayfd', '3', '-screen', '0', `${displaySize}x${displaySize}x24`, '-nolisten', 'tcp'];
  const child = startChild(executableOf('Xvfb'), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await Promise.race([
    once(child.stdio[3] as Readable, 'data').then(([written]) => String(written).trim()),
    once(child, 'exit').then(([code, signal]) => {
      throw new Error(`Xvfb ended at once, with ${signal ?? `exit code ${code}`}`);
    }),
  ]);
  return { name: `:${number}`, close: () => endChild(child) };
}
