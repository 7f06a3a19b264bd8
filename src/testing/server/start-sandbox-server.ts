import { createServer } from 'node:http';
import * as z from 'zod/mini';
import type { NamesOf } from '../../text/known-names.ts';
import { createSandbox, type Sandbox } from '../create-sandbox.ts';
import { checkNames } from '../known-names.ts';
import type { SandboxOptions } from '../sandbox-options.ts';
import { read } from '../schemas.ts';
import { controlRoutes } from './control-routes.ts';
import { createAnswer } from './create-answer.ts';
import { createEventStream } from './event-stream.ts';
import { ALLOWED_HOST, createHostNames, refuseOtherNames } from './host-names.ts';
import { listen } from './listen.ts';
import { listensEverywhere } from './listens-everywhere.ts';
import { createNodeListener } from './node-listener.ts';
import type { Synchronisation } from './synchronisation.ts';
import { Synchroniser } from './synchroniser.ts';

/** The options of {@link startSandboxServer}. */
export interface SandboxServerOptions {
  /** 0: any free port. @default 4173 */
  readonly port?: number;
  /** Whether to fail if the port is taken. Otherwise the next free port is used. @default false */
  readonly strictPort?: boolean;
  /** Only this machine can reach the default. @default '127.0.0.1' */
  readonly host?: string;
  /**
   * Further names that it answers to, besides those of this machine and `host`: the name of a tunnel, or of a proxy that keeps
   * the `Host` header. With a port, such as `dev.bank.example:8080`, only that port is allowed. All other names are refused,
   * because a foreign page could let its name point here. If `host` is `0.0.0.0` or `::`, all IP addresses are allowed.
   *
   * @default []
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Whether pages on other ports of this machine may use it, such as those of a development server: pages of loopback names
   * such as `localhost`, and of the name that the request was sent to.
   *
   * @default true
   */
  readonly cors?: boolean;
  /** The options of the sandbox. `false`: no sandbox. Only `pages` are served, which then use real servers. */
  readonly sandbox?: Omit<SandboxOptions, 'baseUrl' | 'onPush'> | false;
  /** Bank connections that exist from the start. Each synchronises when a page has subscribed to a queue. */
  readonly synchronisations?: readonly Synchronisation[];
  /** Answers all other requests, for your own pages. `HEAD` becomes `GET`; `undefined` becomes 404. */
  readonly pages?: (request: Request) => Response | undefined | Promise<Response | undefined>;
}

const OPTIONS: NamesOf<SandboxServerOptions> = {
  port: true,
  strictPort: true,
  host: true,
  allowedHosts: true,
  cors: true,
  sandbox: true,
  synchronisations: true,
  pages: true,
};

/** A running server. */
export interface SandboxServer<S extends Sandbox | undefined = Sandbox> {
  /** Its address on this machine, without a slash at the end. If `host` is `0.0.0.0` or `::`: that of the loopback. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /** The sandbox: its faults, its log, its connections. */
  readonly sandbox: S;
  /** Stops the server and closes all connections. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox on a real port of this machine, in Node: the three servers, the event queue, the session that issues
 * tokens, and routes for faults and synchronisations. `npx bankside sandbox` is the same as a command.
 *
 * @throws TypeError that names the invalid option.
 * @throws Error Rejects if it cannot listen on the port.
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { startSandboxServer } from 'bankside/testing/server';
 *
 * const server = await startSandboxServer({ port: 0, sandbox: { seed: 7 } });
 * const authToken = server.sandbox.issueToken();
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
  checkNames('startSandboxServer', options, OPTIONS);
  const { port: wanted = 4173, strictPort = false, host = '127.0.0.1' } = options;
  const { sandbox, answer } = options.sandbox === false ? withoutSandbox(options) : withSandbox(options);
  const names = createHostNames(host, readAllowedHosts(options));
  const guard = refuseOtherNames(names, () => server.address());
  const server = createServer(createNodeListener(answer, guard));
  const port = await listen(server, { port: wanted, host, attempts: strictPort ? 1 : 50 });

  return {
    url: `http://${nameOf(host)}:${port}`,
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

/** As part of an address that works in each browser and on each system. */
function nameOf(host: string): string {
  if (listensEverywhere(host)) return host === '::' ? '[::1]' : '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
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
  const synchroniser = new Synchroniser(sandbox.linxo, synchronisations);
  const answer = createAnswer({
    ...options,
    routes: controlRoutes(sandbox, replies, synchroniser),
    handlers: sandbox.handlers,
    queueHasCors: Boolean(settings.linxo?.cors),
    onSubscribed: (queueId) => synchroniser.startPrepared(queueId),
  });
  return { sandbox, answer };
}

function withoutSandbox(options: SandboxServerOptions): Served {
  return { sandbox: undefined, answer: createAnswer(options) };
}
