import { readFileSync } from 'node:fs';
import { ANSWERS } from '../answers-path.ts';
import type { SandboxServer } from '../start-sandbox-server.ts';
import { readFlags, type Task } from './read-flags.ts';

const WRONG_USE = 2;

/** The output and the exit code of the command, and its server if that runs. */
export interface Outcome {
  readonly out?: string;
  readonly error?: string;
  readonly code: number;
  readonly server?: SandboxServer;
}

/** The command without its process, so that tests can call it. */
export async function runCommand(args: readonly string[]): Promise<Outcome> {
  try {
    return await run(readFlags(args));
  } catch (error) {
    // A TypeError names an invalid flag, or an option of the sandbox, which comes from a flag.
    const isUsageError = error instanceof TypeError;
    return { error: `bankside-sandbox: ${messageOf(error)}`, code: isUsageError ? WRONG_USE : 1 };
  }
}

async function run(task: Task): Promise<Outcome> {
  if (task.kind === 'help') return { out: USAGE.trimEnd(), code: 0 };
  if (task.kind === 'version') return { out: version(), code: 0 };
  // Imported late: help needs no msw.
  const { startSandboxServer } = await import('../start-sandbox-server.ts');
  const server = await startSandboxServer(task.options);
  const { synchronisations = [] } = task.options;
  return { out: describe(server, synchronisations.length > 0), code: 0, server };
}

function describe({ url }: SandboxServer, hasSynchronisations: boolean): string {
  return `Sandbox: ${url}

  pserver      ${url}/pserver/execute
  enrich       ${url}/enrich/execute
  ob           ${url}/ob/execute
  baseUrl      ${url}/linxo

  authToken    POST ${url}/session/token
  accessToken  POST ${url}/session/access-token
  faults       POST ${url}/sandbox/faults
  log          GET ${url}/sandbox/log
${hasSynchronisations ? answerLines(url) : ''}
Ctrl-C ends it.`;
}

/** No character of the line needs quotes, in any shell. */
function answerLines(url: string): string {
  return `
When a connection asks the user for something, such as a code, type this in another terminal to do it:

  curl -X POST ${url}${ANSWERS}
`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isMsw = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes("'msw'");
  return isMsw ? 'msw 2 is needed. Install it with: npm install --save-dev msw@2' : error.message;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')).version;
}

/** @internal */
export const USAGE = `Usage: bankside-sandbox [options]

Serves made-up answers of PServer, Enrich and Open Banking, and an event queue with bank connections, on a port of
this machine, for pages and tools on this machine. It prints the addresses for your page. Ctrl-C ends it.

  npx bankside-sandbox
  npx bankside-sandbox --seed 7 --sync sms-challenge

  --port <port>     The port; 0: any free port. Default: 4173, or the next free port.
  --host <address>  Default: 127.0.0.1, which only this machine can reach.
  --allowed-host <name>
                    A further name that it answers to, such as the name of a tunnel. Repeatable. Names that are
                    neither allowed nor of this machine are refused.
  --seed <number>   The same seed gives the same data and the same random faults. Default: 1.
  --latency <ms>    The delay of every answer; 50-200 is a range. Default: 0.
  --fault <fault>   A fault: its kind, then its fields. Repeatable.
                      --fault error,status=503,server=enrich,count=2
                      --fault network,type=getInsights,probability=0.1
                    Kinds: slow, error, never, twice, late, garbage, network, stale-token, base64; of the event
                    queue: lost, silently-lost, truncated, duplicate, malformed, burst, gone.
  --sync <scenario> A bank connection that synchronises when a page has subscribed to a queue: the name of a
                    scenario, or random, then its fields. Repeatable.
                      --sync sms-challenge,speed=10,name=Example Bank
                    Scenarios: success, partial-success, one-channel-ahead, one-channel-empty, one-channel-closed,
                    documents-example. These ask the user for something: sms-challenge, credentials-refused,
                    consent-expired, password-change, user-action.
  --script <file>   The same from a JSON file with an object or a list of objects. They may contain steps:
                      { "steps": [{ "after": 500, "channel": "EMBEDDED", "event": "AUTH_FAILED" }] }
  --no-cors         Forbids pages on other ports of this machine.
  --help, --version

When a connection asks the user for something, such as a code, type this in another terminal to do it:

  curl -X POST http://127.0.0.1:4173${ANSWERS}
`;
