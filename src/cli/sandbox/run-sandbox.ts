import { ANSWERS } from '../../testing/server/answers-path.ts';
import { listensEverywhere } from '../../testing/server/listens-everywhere.ts';
import type { SandboxServerOptions } from '../../testing/server/start-sandbox-server.ts';
import { type Paint, paintFor } from '../colour.ts';
import { type CommandIo, EXIT, type ExitCode } from '../command.ts';
import { asUsageError } from '../read-arguments.ts';
import { version } from '../version.ts';
import { readFlags, type Task } from './read-flags.ts';
import { answerLines, usageOn } from './usage.ts';

/** `bankside sandbox`: serves the sandbox and prints its addresses, until the signal is aborted. */
export async function runSandbox(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  try {
    return await run(readFlags(args), args, io);
  } catch (error) {
    // The options of the sandbox come from flags, too.
    throw asUsageError(error);
  }
}

async function run(task: Task, args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { stdout, platform, signal } = io;
  if (task.kind !== 'serve') {
    stdout.write(task.kind === 'help' ? usageOn(platform) : `${version()}\n`);
    return EXIT.fine;
  }
  // Imported late: help needs no msw.
  const { startSandboxServer } = await import('../../testing/server/start-sandbox-server.ts');
  const server = await startSandboxServer(task.options);
  const paint = paintFor(stdout, io.env, args);
  stdout.write(
    task.isJson
      ? `${JSON.stringify(addressesOf(server.url))}\n`
      : describe(server.url, task.options, platform, paint),
  );
  await aborted(signal);
  await server.close();
  return EXIT.fine;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** By the names of what a page passes them to. */
function addressesOf(url: string) {
  return {
    url,
    pserver: `${url}/pserver/execute`,
    enrich: `${url}/enrich/execute`,
    ob: `${url}/ob/execute`,
    baseUrl: `${url}/linxo`,
    authToken: `${url}/session/token`,
    accessToken: `${url}/session/access-token`,
    faults: `${url}/sandbox/faults`,
    log: `${url}/sandbox/log`,
    answers: `${url}${ANSWERS}`,
  };
}

function describe(
  url: string,
  { host = '', synchronisations = [] }: SandboxServerOptions,
  platform: NodeJS.Platform,
  paint: Paint,
): string {
  const elsewhere = `\nFrom other devices, use this machine’s address in the place of ${new URL(url).hostname}.\n`;
  const addresses = addressesOf(url);
  return `${paint('bold', 'Sandbox:')} ${paint('cyan', url)}

  pserver      ${addresses.pserver}
  enrich       ${addresses.enrich}
  ob           ${addresses.ob}
  baseUrl      ${addresses.baseUrl}

  authToken    POST ${addresses.authToken}
  accessToken  POST ${addresses.accessToken}
  faults       POST ${addresses.faults}
  log          GET ${addresses.log}
${listensEverywhere(host) ? elsewhere : ''}${synchronisations.length > 0 ? answerLines(url, platform) : ''}
Ctrl-C ends it.
`;
}
