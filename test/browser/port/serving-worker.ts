import { servePort } from '../../../src/index.ts';
import { hostTransport } from './host-transport.ts';

/** A worker that serves the port of a message. */
addEventListener('message', ({ data: { port } }) =>
  servePort({ transport: hostTransport(postMessage), port }),
);
