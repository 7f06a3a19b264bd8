import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';

/** Each text that a page holds, of whatever it holds it: objects, closures, private fields, static fields of its classes. */
export async function heapTexts(devtools: CDPSession): Promise<readonly string[]> {
  for (let again = 0; again < 3; again += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
    await sleep(100);
  }
  let written = '';
  const add = ({ chunk }: { readonly chunk: string }): void => {
    written += chunk;
  };
  devtools.on('HeapProfiler.addHeapSnapshotChunk', add);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', add);
  return (JSON.parse(written) as { readonly strings: readonly string[] }).strings;
}
