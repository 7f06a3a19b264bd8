// Starts every engine with an open page and does nothing more: a test that was stopped half-way.
import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('../engines/launch.ts', import.meta.url).pathname);

for (const name of ['chromium', 'firefox', 'webkit']) {
  const engine = await module.launch(name);
  await engine.open('about:blank');
}
process.send('open');
