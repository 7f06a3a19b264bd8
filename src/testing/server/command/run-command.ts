import { readFileSync } from 'node:fs';
import type { SandboxServer } from '../start-sandbox-server.ts';
import { readFlags, type Task } from './read-flags.ts';
import { USAGE } from './usage.ts';

const WRONG_USE = 2;

/** What the command says, and whether something is left running. */
export interface Outcome {
  readonly out?: string;
  readonly error?: string;
  readonly code: number;
  readonly server?: SandboxServer;
}

/** The command, but for the process that it runs in. */
export async function runCommand(args: readonly string[]): Promise<Outcome> {
  try {
    return await carryOut(readFlags(args));
  } catch (error) {
    // It says which flag does not fit, or which option of the sandbox; those all come from flags.
    const isOfFlags = error instanceof TypeError;
    return { error: `bankside-sandbox: ${tell(error)}`, code: isOfFlags ? WRONG_USE : 1 };
  }
}

async function carryOut(task: Task): Promise<Outcome> {
  if (task.kind === 'help') return { out: USAGE.trimEnd(), code: 0 };
  if (task.kind === 'version') return { out: version(), code: 0 };
  // Not before: help needs no msw.
  const { startSandboxServer } = await import('../start-sandbox-server.ts');
  const server = await startSandboxServer(task.options);
  return { out: describe(server), code: 0, server };
}

function describe({ url }: SandboxServer): string {
  return `Sandbox: ${url}

  pserver      ${url}/pserver/execute
  enrich       ${url}/enrich/execute
  ob           ${url}/ob/execute
  baseUrl      ${url}/linxo

  authToken    POST ${url}/session/token
  accessToken  POST ${url}/session/access-token
  faults       POST ${url}/sandbox/faults
  log          GET ${url}/sandbox/log

Ctrl-C ends it.`;
}

function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isMsw = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'msw'");
  return isMsw ? 'msw 2 is needed. Install it with: npm install --save-dev msw@2' : error.message;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')).version;
}
