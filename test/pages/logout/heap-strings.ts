import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';

/** All strings that a page holds: in objects, closures, private fields and static fields of classes. */
export async function heapStrings(devtools: CDPSession): Promise<readonly string[]> {
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
