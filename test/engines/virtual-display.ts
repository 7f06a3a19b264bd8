import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { endChild, startChild } from './child.ts';
import { executableOf } from './executables.js';

/** Width and height, in pixels. */
export const displaySize = 2560;

/** A screen without glass, for browsers that have no headless mode. */
export interface VirtualDisplay {
  /** For the environment variable `DISPLAY`. */
  readonly name: string;
  /** Ends the display, and with it whatever is still connected to it. */
  close(): Promise<void>;
}

/** Xvfb takes a free number by itself and writes it to a pipe: two displays that start at once never get the same one. */
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
