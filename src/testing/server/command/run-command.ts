import { readFileSync } from 'node:fs';
import process from 'node:process';
import { ANSWERS } from '../answers-path.ts';
import { listensEverywhere } from '../listens-everywhere.ts';
import type { SandboxServer, SandboxServerOptions } from '../start-sandbox-server.ts';
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
export async function runCommand(
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<Outcome> {
  try {
    return await run(readFlags(args), platform);
  } catch (error) {
    // A TypeError names an invalid flag, or an option of the sandbox, which comes from a flag.
    const isUsageError = error instanceof TypeError;
    return { error: `bankside-sandbox: ${messageOf(error)}`, code: isUsageError ? WRONG_USE : 1 };
  }
}

async function run(task: Task, platform: NodeJS.Platform): Promise<Outcome> {
  if (task.kind === 'help') return { out: usageOn(platform).trimEnd(), code: 0 };
  if (task.kind === 'version') return { out: version(), code: 0 };
  // Imported late: help needs no msw.
  const { startSandboxServer } = await import('../start-sandbox-server.ts');
  const server = await startSandboxServer(task.options);
  return { out: describe(server, task.options, platform), code: 0, server };
}

function describe(
  { url }: SandboxServer,
  { host = '', synchronisations = [] }: SandboxServerOptions,
  platform: NodeJS.Platform,
): string {
  const elsewhere = `\nFrom other devices, use this machine’s address in the place of ${new URL(url).hostname}.\n`;
  return `Sandbox: ${url}

  pserver      ${url}/pserver/execute
  enrich       ${url}/enrich/execute
  ob           ${url}/ob/execute
  baseUrl      ${url}/linxo

  authToken    POST ${url}/session/token
  accessToken  POST ${url}/session/access-token
  faults       POST ${url}/sandbox/faults
  log          GET ${url}/sandbox/log
${listensEverywhere(host) ? elsewhere : ''}${synchronisations.length > 0 ? answerLines(url, platform) : ''}
Ctrl-C ends it.`;
}

/** No character of the line needs quotes, in any shell. In Windows PowerShell, `curl` alone is another command. */
function answerLines(url: string, platform: NodeJS.Platform): string {
  return `
When a connection asks the user for something, such as a code, type this in another terminal to do it:

  ${platform === 'win32' ? 'curl.exe' : 'curl'} -X POST ${url}${ANSWERS}
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
export function usageOn(platform: NodeJS.Platform): string {
  return `${USAGE}${answerLines('http://127.0.0.1:4173', platform)}`;
}

const USAGE = `Usage: bankside-sandbox [options]

Serves made-up answers of PServer, Enrich and Open Banking, and an event queue with bank connections, on a port of
this machine, for pages and tools on this machine. It prints the addresses for your page. Ctrl-C ends it.
It needs msw 2 in your project: npm install -D msw@2

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
                    consent-expired, password-change, user-action. A later page, or a reload, gets the events up to
                    then. It starts the synchronisation again only if it has ended and asks the user for nothing.
  --script <file>   The same from a JSON file with an object or a list of objects. They may contain steps:
                      { "steps": [{ "after": 500, "channel": "EMBEDDED", "event": "AUTH_FAILED" }] }
  --no-cors         Forbids pages on other ports of this machine.
  --help, --version
`;
