// The command: serves the showcase without a framework, and the minimal examples.
import { run } from './run.js';

await run();
