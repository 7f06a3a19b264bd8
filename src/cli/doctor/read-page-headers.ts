import { attempt } from '../../check.ts';
import type { CommandIo } from '../command.ts';
import { UsageError } from '../command.ts';

type Header = readonly [name: string, value: string];

/** Headers that a page cannot set: the browser does. */
const OF_THE_BROWSER =
  /^(accept-charset|accept-encoding|access-control-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|proxy-.*|referer|sec-.*|set-cookie|te|trailer|transfer-encoding|upgrade|via)$/;

const SECRET = /^(authtoken|authorization)$/;

/** What a page adds to its requests. */
interface PageHeaders {
  readonly headers: readonly Header[];
  /** Values that came from the environment, so that they are not shown. */
  readonly secretValues: readonly string[];
}

/** Reads `--header 'name: value'` and `--header-env name=VARIABLE`. No error has a value. */
export function readPageHeaders(
  given: readonly string[],
  fromEnvironment: readonly string[],
  env: CommandIo['env'],
): PageHeaders {
  const secret = fromEnvironment.map((text) => readFromEnvironment(text, env));
  return { headers: [...given.map(readGiven), ...secret], secretValues: secret.map(([, value]) => value) };
}

function readGiven(text: string): Header {
  const [, name, value] = /^([^:\s]+):\s*(.*?)\s*$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError("--header must be a name and a value, such as --header 'bankId: 42'.");
  if (SECRET.test(name.toLowerCase()))
    throw new UsageError(
      `--header ${name.toLowerCase()}: a token in a command line can be read by others. Use --header-env ${name.toLowerCase()}=VARIABLE.`,
    );
  return checked('--header', name, value);
}

function readFromEnvironment(text: string, env: CommandIo['env']): Header {
  const [, name, variable] = /^([^=\s]+)=([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (name === undefined || variable === undefined)
    throw new UsageError(
      '--header-env must be the name of a header and of a variable, such as --header-env x-signature=SIGNATURE.',
    );
  const value = env[variable];
  if (!value) {
    const state = value === undefined ? 'is not set' : 'is set, and empty';
    throw new UsageError(`--header-env: the environment variable ${variable} ${state}.`);
  }
  return checked('--header-env', name, value);
}

function checked(flag: string, name: string, value: string): Header {
  const fits = attempt(() => new Headers([[name, value]]));
  if (!fits) throw new UsageError(`${flag} must be a name and a value that HTTP allows.`);
  if (OF_THE_BROWSER.test(name.toLowerCase()))
    throw new UsageError(`${flag}: a page cannot set the header ${name.toLowerCase()}.`);
  return [name, value];
}
