import { createServer } from 'node:http';
import * as z from 'zod/mini';
import { createSandbox, type Sandbox } from '../create-sandbox.ts';
import { read } from '../read.ts';
import type { SandboxOptions } from '../sandbox-options.ts';
import { controlRoutes } from './control-routes.ts';
import { createAnswer } from './create-answer.ts';
import { createEventStream } from './event-stream.ts';
import { ALLOWED_HOST, createHostNames } from './host-names.ts';
import { listen } from './listen.ts';
import { createNodeListener } from './node-listener.ts';
import { refuseOtherNames } from './refuse-other-names.ts';
import { rehearse } from './rehearse.ts';
import type { Synchronisation } from './synchronise.ts';

/** What {@link startSandboxServer} is made with. */
export interface SandboxServerOptions {
  /** 0 for any that is free. @default 4173 */
  readonly port?: number;
  /** Whether the port must be that one; otherwise, the next one that is free is taken. @default false */
  readonly strictPort?: boolean;
  /** The default is what only this machine reaches. @default '127.0.0.1' */
  readonly host?: string;
  /**
   * Names that it answers under besides those of this machine and `host`: that of a tunnel, or of a proxy that hands on the
   * `Host` it was asked under. With a port, such as `dev.bank.example:8080`, on that port alone. Every other name is refused, as
   * a page of another site could have it lead here. Where `host` is `0.0.0.0` or `::`, all IP addresses are answered, too.
   *
   * @default []
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Whether pages on other ports of this machine may use it, such as those of a development server: pages of `localhost` and
   * its like, and of the name or address under which they ask it.
   *
   * @default true
   */
  readonly cors?: boolean;
  /** Of the sandbox. `false`: there is none, and only `pages` are served, which then talk to real servers. */
  readonly sandbox?: Omit<SandboxOptions, 'baseUrl' | 'onPush'> | false;
  /** Bank connections that are there from the start; each synchronises whenever a page has subscribed to a queue. */
  readonly synchronisations?: readonly Synchronisation[];
  /** Answers what the sandbox does not know, for pages of your own: a `HEAD` comes as a `GET`; `undefined` is a 404. */
  readonly pages?: (request: Request) => Response | undefined | Promise<Response | undefined>;
}

/** One that listens. */
export interface SandboxServer<S extends Sandbox | undefined = Sandbox> {
  /** Without a slash at the end. */
  readonly url: string;
  /** The one that it listens on. */
  readonly port: number;
  /** What answers: its faults, its log, its connections. */
  readonly sandbox: S;
  /** Ends the server and all of its connections. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox on a real port of this machine, in Node: the three servers, the event queue, the session that hands
 * out their tokens, and routes by which faults and synchronisations are asked for. `npx bankside-sandbox` is this as a
 * command.
 *
 * @throws TypeError naming the option that does not fit.
 * @throws Error Rejects if the port cannot be listened on.
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { startSandboxServer } from 'bankside/testing/server';
 *
 * const server = await startSandboxServer({ port: 0, sandbox: { seed: 7 } });
 * const { authToken } = await (await fetch(`${server.url}/session/token`, { method: 'POST' })).json();
 * const response = await fetch(`${server.url}/pserver/execute`, {
 *   method: 'POST',
 *   headers: { authToken },
 *   body: JSON.stringify({ type: 'getNumberOfInsights' }),
 * });
 * assert.equal(response.status, 200);
 * await server.close();
 * ```
 */
export function startSandboxServer(
  options?: SandboxServerOptions & { readonly sandbox?: object },
): Promise<SandboxServer>;
export function startSandboxServer(
  options: SandboxServerOptions,
): Promise<SandboxServer<Sandbox | undefined>>;
export async function startSandboxServer(
  options: SandboxServerOptions = {},
): Promise<SandboxServer<Sandbox | undefined>> {
  const { port: wanted = 4173, strictPort = false, host = '127.0.0.1' } = options;
  const { sandbox, answer } = options.sandbox === false ? pagesAlone(options) : withSandbox(options);
  const names = createHostNames(host, readAllowedHosts(options));
  const guard = refuseOtherNames(names, () => server.address());
  const server = createServer(createNodeListener(answer, guard));
  const port = await listen(server, { port: wanted, host, attempts: strictPort ? 1 : 50 });

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    sandbox,
    async close() {
      sandbox?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const ALLOWED_HOSTS = z.object({ allowedHosts: z.optional(z.array(ALLOWED_HOST)) });

function readAllowedHosts({ allowedHosts }: SandboxServerOptions): readonly string[] {
  const given = read(ALLOWED_HOSTS, { allowedHosts }, (path) => `startSandboxServer: "${path}"`);
  return given.allowedHosts ?? [];
}

interface Served {
  readonly sandbox: Sandbox | undefined;
  readonly answer: (request: Request) => Promise<Response>;
}

function withSandbox({ synchronisations = [], ...options }: SandboxServerOptions): Served {
  const settings = options.sandbox || {};
  const replies = createEventStream();
  const sandbox = createSandbox({ ...settings, onPush: replies.send });
  const answer = createAnswer({
    ...options,
    routes: controlRoutes(sandbox, replies),
    handlers: sandbox.handlers,
    queueHasCors: Boolean(settings.linxo?.cors),
    onSubscribed: rehearse(sandbox.linxo, synchronisations),
  });
  return { sandbox, answer };
}

function pagesAlone(options: SandboxServerOptions): Served {
  return { sandbox: undefined, answer: createAnswer(options) };
}
