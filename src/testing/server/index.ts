/**
 * The sandbox on a port, for Node only.
 *
 * @module bankside/testing/server
 */
export {
  type SandboxServer,
  type SandboxServerOptions,
  startSandboxServer,
} from './start-sandbox-server.ts';
export type { Synchronisation } from './synchronisation.ts';
