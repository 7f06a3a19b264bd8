import * as z from 'zod/mini';

/** The name and the port of a `Host` header, as browsers write them: lower case, addresses in their shortest form. */
interface HostName {
  readonly name: string;
  /** Empty where none is given. */
  readonly port: string;
}

const WRITTEN = /^(\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::(\d{1,5}))?$/i;

/** Whether it is written as a host is, with a port or without. */
export function isHost(text: string): boolean {
  return readHost(text) !== undefined;
}

/** `undefined` for what is no host. A dot at the end of a name changes nothing of what it means. */
function readHost(text: string): HostName | undefined {
  const [, host = '', port = ''] = WRITTEN.exec(text) ?? [];
  const address = `http://${host}`;
  if (!host || Number(port) > 65_535 || !URL.canParse(address)) return undefined;
  return { name: new URL(address).hostname.replace(/\.$/, ''), port };
}

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;
const ADDRESS = /^(?:\d+(?:\.\d+){3}|\[.+\])$/;

/** Of this machine, whatever a name server says. */
export function isLoopback(name: string): boolean {
  return LOOPBACK.test(name);
}

/** A name that may be asked for besides; with a port, on that port alone. */
export const ALLOWED_HOST: z.ZodMiniType<string> = z.custom<string>(
  (value) => typeof value === 'string' && isHost(value),
  'a host name, such as dev.bank.example, or one with a port, such as dev.bank.example:8080',
);

/** Which names a server answers under. */
export interface HostNames {
  /** Of this text of a `Host` header. `listensOn`: the address at which the server listens. */
  has(host: string, listensOn: string): boolean;
}

/**
 * A page of another site can have its own name lead to this machine once it is loaded (DNS rebinding): its requests then
 * count as those of the same origin. Their `Host` still is that name. Names of this machine cannot be taken like that, and
 * neither can addresses, as no name server is asked for them. The port says nothing about that, and a development server's
 * proxy may leave it as it was.
 *
 * @param host  what the server was started on
 */
export function createHostNames(host: string, allowed: readonly string[]): HostNames {
  const known = [host.includes(':') ? `[${host}]` : host, ...allowed].flatMap((text) => readHost(text) ?? []);
  return {
    has(text, listensOn) {
      const asked = readHost(text);
      if (!asked) return false;
      if (isLoopback(asked.name) || known.some((one) => fits(one, asked))) return true;
      return isEverywhere(listensOn) && ADDRESS.test(asked.name);
    },
  };
}

function fits(known: HostName, asked: HostName): boolean {
  return known.name === asked.name && (known.port === '' || known.port === (asked.port || '80'));
}

/** Whether the server listens at each address that the machine has. */
function isEverywhere(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
