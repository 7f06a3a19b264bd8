import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import * as z from 'zod/mini';
import { attempt } from '../../check.ts';
import type { SubjectName } from '../../doctor/finding.ts';
import type { GatewayName } from '../../doctor/remedies.ts';
import { read } from '../../testing/schemas.ts';
import { type CommandIo, UsageError } from '../command.ts';
import { orUsageError, readArguments } from '../read-arguments.ts';
import type { DoctorSettings, Target, TokenOrigin } from './doctor-settings.ts';
import { readAddress, readBaseAddress, readOrigin } from './read-address.ts';
import { readPageHeaders } from './read-page-headers.ts';

/** @internal */
export const DOCTOR_FLAGS = {
  origin: { type: 'string' },
  pserver: { type: 'string' },
  enrich: { type: 'string' },
  ob: { type: 'string' },
  linxo: { type: 'string' },
  page: { type: 'string' },
  'auth-token-command': { type: 'string' },
  'access-token-command': { type: 'string' },
  'no-auth-token': { type: 'boolean' },
  'no-access-token': { type: 'boolean' },
  header: { type: 'string', multiple: true },
  'header-env': { type: 'string', multiple: true },
  credentials: { type: 'boolean' },
  timeout: { type: 'string' },
  ca: { type: 'string' },
  gateway: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

type Given = ReturnType<typeof readArguments<typeof DOCTOR_FLAGS>>;

const GATEWAYS = ['nginx', 'apache', 'spring', 'envoy', 'azure'] as const satisfies readonly GatewayName[];
const SERVERS = ['pserver', 'enrich', 'ob', 'linxo', 'page'] as const satisfies readonly SubjectName[];

/** In ms. */
const DEFAULT_TIMEOUT = 10_000;
const TIMEOUT = 'a whole number of milliseconds, from 100 to 600000';
const VALUES = z.object({
  timeout: z.exactOptional(
    z
      .pipe(z.string().check(z.regex(/^\d{1,6}$/, TIMEOUT)), z.transform(Number))
      .check(z.gte(100, TIMEOUT), z.lte(600_000, TIMEOUT)),
  ),
  gateway: z.exactOptional(z.enum([...GATEWAYS, 'all'])),
});

/** @throws UsageError that names the flag, in one line. */
export function readDoctorFlags(
  args: readonly string[],
  env: CommandIo['env'],
): DoctorSettings | 'help' | 'version' {
  checkForTokens(args);
  const given = readArguments(args, DOCTOR_FLAGS);
  if (given.help) return 'help';
  if (given.version) return 'version';
  const { timeout = DEFAULT_TIMEOUT, gateway } = orUsageError(() =>
    read(VALUES, given, (path) => `--${path}`),
  );
  const targets = targetsIn(given);
  if (given.origin === undefined)
    throw new UsageError('--origin is missing: the origin of your page, such as https://www.bank.example.');
  if (targets.length === 0)
    throw new UsageError(
      'An address is missing: give one or more of --pserver, --enrich, --ob, --linxo, --page.',
    );
  return {
    origin: readOrigin(given.origin),
    targets,
    authToken: tokenOrigin('auth', given, env),
    accessToken: tokenOrigin('access', given, env),
    ...readPageHeaders(given.header ?? [], given['header-env'] ?? [], env),
    credentials: given.credentials ?? false,
    cookie: readCookie(env),
    timeout,
    ca: given.ca === undefined ? undefined : readCertificates(given.ca),
    gateway,
    json: given.json ?? false,
    dryRun: given['dry-run'] ?? false,
  };
}

/** People try these. The value after it is a secret, and the nearest flag would not do what they mean. */
function checkForTokens(args: readonly string[]): void {
  for (const arg of args) {
    const [, flag] = SECRET_FLAG.exec(arg) ?? [];
    if (flag === undefined) continue;
    throw new UsageError(`There is no flag ${flag}: others can read a command line. ${instead(flag, args)}`);
  }
}

const SECRET_FLAG =
  /^(--(?:auth-?token|access-?token|token|bearer|jwt|password|api-?key|authorization|cookies?))(?:=|$)/i;

/** What to use in the place of such a flag. */
function instead(flag: string, args: readonly string[]): string {
  if (/cookie/i.test(flag)) return 'Set the environment variable BANKSIDE_COOKIE.';
  if (/password|key/i.test(flag)) return 'Use --header-env name=VARIABLE.';
  const ofWidget = 'BANKSIDE_AUTH_TOKEN';
  const ofQueue = 'BANKSIDE_ACCESS_TOKEN';
  if (/auth-?token/i.test(flag)) return `Set the environment variable ${ofWidget}.`;
  if (/access/i.test(flag)) return `Set the environment variable ${ofQueue}.`;
  const isNamed = (name: string): boolean =>
    args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const hasQueue = isNamed('linxo');
  const hasWidget = ['pserver', 'enrich', 'ob'].some(isNamed);
  if (hasQueue !== hasWidget) return `Set the environment variable ${hasQueue ? ofQueue : ofWidget}.`;
  return `Set the environment variable ${ofWidget} for the widget's servers, and ${ofQueue} for --linxo.`;
}

function targetsIn(given: Given): readonly Target[] {
  const targets: Target[] = [];
  for (const name of SERVERS) {
    const address = given[name];
    const readUrl = name === 'linxo' ? readBaseAddress : readAddress;
    if (address !== undefined) targets.push({ name, url: readUrl(`--${name}`, address) });
  }
  return targets;
}

function tokenOrigin(kind: 'auth' | 'access', given: Given, env: CommandIo['env']): TokenOrigin {
  const command = given[`${kind}-token-command`];
  const isAdded = given[`no-${kind}-token`] ?? false;
  const variable = `BANKSIDE_${kind.toUpperCase()}_TOKEN`;
  if (isAdded && command !== undefined)
    throw new UsageError(`--no-${kind}-token and --${kind}-token-command cannot be used together.`);
  if (command?.trim() === '')
    throw new UsageError(`--${kind}-token-command is empty: give a command that prints the token.`);
  if (isAdded) return { from: 'gateway' };
  if (command !== undefined) return { from: 'command', command };
  return env[variable] === undefined ? { from: 'missing' } : { from: 'environment', variable };
}

function readCookie({ BANKSIDE_COOKIE: cookie }: CommandIo['env']): string | undefined {
  if (cookie === undefined) return undefined;
  if (cookie === '') throw new UsageError('BANKSIDE_COOKIE is set, and empty. Set its value, or unset it.');
  if (!/^[\x20-\x7e]+$/.test(cookie))
    throw new UsageError(
      'BANKSIDE_COOKIE must be the value of a header Cookie, of visible ASCII characters.',
    );
  return cookie;
}

/** In bytes. */
const LONGEST_CA = 1_000_000;

function readCertificates(file: string): string {
  const state = attempt(() => statSync(file));
  // Another kind of file, such as a device, may have no end.
  if (state && (!state.isFile() || state.size > LONGEST_CA))
    throw new UsageError('--ca must be a regular file of at most 1 MB.');
  const text = attempt(() => readFileSync(file, 'utf8'));
  if (text === undefined) throw new UsageError('--ca: the file cannot be read.');
  if (!attempt(() => new X509Certificate(text)))
    throw new UsageError('--ca must be a file with certificates in the PEM format.');
  return text;
}
