// Public entry `bankside/testing/server`, for Node only. All other files in this folder are internal.

export {
  type SandboxServer,
  type SandboxServerOptions,
  startSandboxServer,
} from './start-sandbox-server.ts';
export type { Synchronisation } from './synchronise.ts';
