import { servePort } from '../../../src/index.ts';
import { farTransport } from './far-transport.ts';

/** Worker that serves the port that it is handed. */
addEventListener('message', ({ data: { port } }) =>
  servePort({ transport: farTransport(postMessage), port }),
);
