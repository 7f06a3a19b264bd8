import { planOf } from '../../doctor/examine.ts';
import { paintFor } from '../colour.ts';
import { type CommandIo, EXIT, type ExitCode } from '../command.ts';
import { version } from '../version.ts';
import type { DoctorSettings } from './doctor-settings.ts';
import { DOCTOR_USAGE } from './doctor-usage.ts';
import { examineTargets, subjectsOf, type Tokens } from './examine-targets.ts';
import { getToken, tokenIn } from './get-token.ts';
import { jsonReporter } from './json-reporter.ts';
import { readDoctorFlags } from './read-doctor-flags.ts';
import type { Reporter } from './reporter.ts';
import { summaryOf } from './summary.ts';
import { wordReporter } from './word-reporter.ts';

/** `bankside doctor`: says what it will send, sends it, and reports. It fails if it finds an error or a warning. */
export async function runDoctor(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const settings = readDoctorFlags(args, io.env);
  if (settings === 'help') {
    io.stdout.write(DOCTOR_USAGE);
    return EXIT.fine;
  }
  if (settings === 'version') {
    io.stdout.write(`${version()}\n`);
    return EXIT.fine;
  }
  // Before anything is printed. A command is not run yet.
  for (const [token] of tokensOf(settings)) if (token.from === 'environment') tokenIn(io.env, token.variable);
  const reporter: Reporter = settings.json
    ? jsonReporter(settings, io)
    : wordReporter(settings, io, paintFor(io.stdout, io.env, args));
  reporter.plan(planFor(settings));
  if (settings.dryRun) return EXIT.fine;
  const tokens = await getTokens(settings, io);
  const examination = await examineTargets(settings, tokens, io.signal, reporter.check);
  const summary = summaryOf(examination);
  reporter.end(examination, summary);
  return summary.errors + summary.warnings > 0 ? EXIT.failed : EXIT.fine;
}

/** What is sent, and the commands that are run. */
function planFor(settings: DoctorSettings): readonly string[] {
  const subjects = subjectsOf(settings);
  const plan: string[] = [];
  for (const [token, flag] of tokensOf(settings)) {
    if (token.from === 'command') plan.push(`The command of ${flag} is run first.`);
  }
  if (subjects.length > 0) plan.push(...planOf(subjects));
  if (subjects.some(({ url }) => url.origin !== settings.origin))
    plan.push(
      'One request and one preflight more for each server, as by a page of another origin, without a valid token.',
    );
  const page = settings.targets.find(({ name }) => name === 'page');
  if (page)
    plan.push(
      `page at ${page.url.origin}:`,
      `- GET ${page.url.pathname}, without a token; redirects are followed`,
    );
  return plan;
}

/** Only of the servers that are named: no other token is asked for. */
function tokensOf({
  targets,
  authToken,
  accessToken,
}: DoctorSettings): (readonly [DoctorSettings['authToken'], string])[] {
  const names = targets.map(({ name }) => name);
  const tokens: (readonly [DoctorSettings['authToken'], string])[] = [];
  if (names.some((name) => name !== 'linxo' && name !== 'page'))
    tokens.push([authToken, '--auth-token-command']);
  if (names.includes('linxo')) tokens.push([accessToken, '--access-token-command']);
  return tokens;
}

async function getTokens(settings: DoctorSettings, io: CommandIo): Promise<Tokens> {
  const found = new Map<string, string | undefined>();
  for (const [token, flag] of tokensOf(settings)) found.set(flag, await getToken(token, flag, io));
  return { authToken: found.get('--auth-token-command'), accessToken: found.get('--access-token-command') };
}
