// The command: serves the vanilla page.
import { run } from './run.js';

await run();
