// Starts the engine that is named, with an open page, and does nothing more: a test that was stopped half-way.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const { module } = await runnerImport(fileURLToPath(new URL('launch.ts', import.meta.url)));
const engine = await module.launch(process.argv[2]);
await engine.open('about:blank');
process.send('open');
