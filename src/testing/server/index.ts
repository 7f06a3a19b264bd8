// Public entry `bankside/testing/server`, for Node alone. Everything else in this folder is internal.

export {
  type SandboxServer,
  type SandboxServerOptions,
  startSandboxServer,
} from './start-sandbox-server.ts';
export type { Synchronisation } from './synchronise.ts';
