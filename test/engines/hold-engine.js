// Starts an engine, opens a page, and waits, like a test that was stopped in the middle.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('launch.ts', import.meta.url)));
const engine = await module.launch(process.argv[2]);
await engine.open('about:blank');
process.send('open');
