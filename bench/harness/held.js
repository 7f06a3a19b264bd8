import { setTimeout as sleep } from 'node:timers/promises';

/** Compiled code, and native objects such as signals and timers, which the browser collects at times of its own. */
const notThePages = ['code', 'native', 'synthetic'];

/**
 * The bytes that the scripts of a page hold: objects, strings, closures, and what these refer to.
 *
 * @param {import('puppeteer-core').CDPSession} devtools
 */
export async function held(devtools) {
  for (let again = 0; again < 3; again += 1) {
    await devtools.send('HeapProfiler.collectGarbage');
    await sleep(100);
  }
  const { nodes, snapshot } = JSON.parse(await takeSnapshot(devtools));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const typeAt = fields.indexOf('type');
  const sizeAt = fields.indexOf('self_size');
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!notThePages.includes(types[typeAt][nodes[node + typeAt]])) bytes += nodes[node + sizeAt];
  }
  return bytes;
}

/** @param {import('puppeteer-core').CDPSession} devtools */
async function takeSnapshot(devtools) {
  let text = '';
  const add = (/** @type {{ chunk: string }} */ { chunk }) => {
    text += chunk;
  };
  devtools.on('HeapProfiler.addHeapSnapshotChunk', add);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', add);
  return text;
}
