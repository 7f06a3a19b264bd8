import type { IncomingMessage, Server } from 'node:http';
import * as z from 'zod/mini';
import { refusalResponse } from './answers.ts';
import { listensEverywhere } from './listens-everywhere.ts';

/** The name and the port of a `Host` header, normalised like in browsers: lower case, short addresses. */
interface HostName {
  readonly name: string;
  /** Empty without a port. */
  readonly port: string;
}

const HOST = /^(\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)*\.?)(?::(\d{1,5}))?$/i;

/** Whether a string is a host, with or without a port. */
function isHost(text: string): boolean {
  return readHost(text) !== undefined;
}

/** Returns `undefined` if the text is not a host. A dot at the end of a name is ignored. */
function readHost(text: string): HostName | undefined {
  const [, host = '', port = ''] = HOST.exec(text) ?? [];
  const address = `http://${host}`;
  if (!host || Number(port) > 65_535 || !URL.canParse(address)) return undefined;
  return { name: new URL(address).hostname.replace(/\.$/, ''), port };
}

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;
const ADDRESS = /^(?:\d+(?:\.\d+){3}|\[.+\])$/;

/** Whether a name always means this machine, independent of DNS. */
export function isLoopback(name: string): boolean {
  return LOOPBACK.test(name);
}

/** A further allowed name. With a port, only that port is allowed. */
export const ALLOWED_HOST: z.ZodMiniType<string> = z.custom<string>(
  (value) => typeof value === 'string' && isHost(value),
  'a host name, such as dev.bank.example, or one with a port, such as dev.bank.example:8080',
);

/** The names that a server answers to. */
export interface HostNames {
  /** @param host The `Host` header. @param listensOn The address that the server listens on. */
  has(host: string, listensOn: string): boolean;
}

/**
 * Protects against DNS rebinding: a foreign page can let its own name point to this machine after it has loaded. Browsers then
 * treat its requests as same-origin, but their `Host` header still has the foreign name. Loopback names and IP addresses are
 * safe, because DNS is not used for them. The port is ignored, because a development server's proxy may not change it.
 *
 * @param host The host that the server was started on.
 */
export function createHostNames(host: string, allowed: readonly string[]): HostNames {
  const known = [host.includes(':') ? `[${host}]` : host, ...allowed].flatMap((text) => readHost(text) ?? []);
  return {
    has(text, listensOn) {
      const asked = readHost(text);
      if (!asked) return false;
      if (isLoopback(asked.name) || known.some((one) => matches(one, asked))) return true;
      return listensEverywhere(listensOn) && ADDRESS.test(asked.name);
    },
  };
}

function matches(known: HostName, asked: HostName): boolean {
  return known.name === asked.name && (known.port === '' || known.port === (asked.port || '80'));
}

const MAX_NAME = 100;

/** Checks a request before its body is read. Returns the refusal, or `undefined` if the request is allowed. */
export type Guard = (incoming: IncomingMessage) => Response | undefined;

/** Refuses all requests to a name that is not the server's. */
export function refuseOtherNames(names: HostNames, addressOf: () => ReturnType<Server['address']>): Guard {
  return ({ headersDistinct: { host: hosts = [] } }) => {
    const [host = '', ...more] = hosts;
    if (!isHost(host) || more.length > 0)
      return refusalResponse(400, 'There must be one Host header, and it must name a host.');
    const place = addressOf();
    const listensOn = typeof place === 'object' && place ? place.address : '';
    if (names.has(host, listensOn)) return undefined;
    const name = host.replace(/:\d*$/, '').slice(0, MAX_NAME);
    return refusalResponse(
      403,
      `This server does not answer to the name ${name}, because a foreign page could let that name point here. ` +
        `If the name is yours, allow it: npx bankside sandbox --allowed-host ${name}, or the option allowedHosts.`,
    );
  };
}
