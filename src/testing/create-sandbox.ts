import type { RequestHandler } from 'msw';
import type { ServerName } from '../index.ts';
import { createClock } from './clock.ts';
import type { Fault } from './faults/fault.ts';
import { createFaultQueue } from './faults/fault-queue.ts';
import { createHandlers } from './handlers.ts';
import { createAccessTokens, type Whose } from './linxo/access-tokens.ts';
import { createQueueService } from './linxo/create-queue-service.ts';
import { createLinxo, type Linxo } from './linxo/linxo.ts';
import { createLinxoEndpoint } from './linxo/linxo-endpoint.ts';
import { PushChannel } from './push-channel.ts';
import { createReplay, type Replay } from './replay/replay.ts';
import { ReplayedQueue } from './replay/replayed-queue.ts';
import { ReplayedServers } from './replay/replayed-servers.ts';
import { createRequestLog, type LogEntry } from './request-log.ts';
import { readOptions, type SandboxOptions } from './sandbox-options.ts';
import { seededRandom } from './seeded-random.ts';
import { createGateway, createTokens } from './tokens.ts';
import { createBudgets } from './widget-servers/budgets.ts';
import { createEndpoint, type Endpoint } from './widget-servers/endpoint.ts';
import { createEnrichServer, type EnrichServer } from './widget-servers/enrich.ts';
import { createOpenBankingServer, type OpenBankingServer } from './widget-servers/open-banking.ts';
import { createPServer, type PServer } from './widget-servers/pserver.ts';
import type { Service } from './widget-servers/service.ts';

/** The servers of the widget and of the queue poller, for tests and demonstrations. */
export interface Sandbox {
  /** For msw's `setupServer`, `setupWorker` or `getResponse`. */
  readonly handlers: RequestHandler[];
  /** The server of the insights. */
  readonly pserver: PServer;
  /** The Enrich server. */
  readonly enrich: EnrichServer;
  /** The Open Banking server. */
  readonly ob: OpenBankingServer;
  /** The server of the event queue and the bank connections. */
  readonly linxo: Linxo;
  /** The newest 1,000 requests, the oldest first. */
  readonly log: readonly LogEntry[];
  /** What the option `replay` plays. Without it, `undefined`. */
  readonly replay: Replay | undefined;
  /** Clears the log. */
  clearLog(): void;
  /** Returns a fresh token, like the session endpoint of a bank. */
  issueToken(): string;
  /** Makes one token stale. */
  revokeToken(token: string): void;
  /** Makes all tokens stale, and returns a fresh one. */
  rotateTokens(): string;
  /** Returns a fresh access token for the event queue. */
  issueAccessToken(whose?: Whose): string;
  /** Makes one access token stale. */
  revokeAccessToken(token: string): void;
  /** Makes all access tokens stale, and returns a fresh one. */
  rotateAccessTokens(whose?: Whose): string;
  /** Moves the clock forward, in milliseconds: tokens and queues age. */
  jump(ms: number): void;
  /** Adds a fault. @throws TypeError for an invalid fault. */
  fault(fault: Fault): void;
  /** Removes all faults. */
  clearFaults(): void;
  /** Clears all timers. No more replies are pushed. */
  close(): void;
}

/**
 * A stand-in for the servers of the widget (PServer, Enrich, Open Banking) and for the event queue of the user's bank
 * connections, with realistic data, token checks, and faults on demand. Its `handlers` are for msw: in Node, in a service
 * worker, or on a real port.
 *
 * @throws TypeError that names the invalid option.
 * @example
 * ```ts
 * import { createSandbox } from 'bankside/testing';
 * import { setupServer } from 'msw/node';
 *
 * const sandbox = createSandbox({ seed: 7 });
 * const server = setupServer(...sandbox.handlers);
 * sandbox.fault({ kind: 'slow', ms: 500, server: 'enrich', count: 1 });
 * const token = sandbox.issueToken();
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const given = readOptions(options);
  const { seed, baseUrl, tokenLifetime, liveTokens, latency, onPush, now, linxo } = given;
  const random = (stream: string) => seededRandom(seed, stream);

  const pserver = createPServer(random('pserver'), createBudgets(random('budgets')));
  const enrich = createEnrichServer(random('enrich'));
  const ob = createOpenBankingServer(random('ob'));
  const clock = createClock(now);
  const tokenOptions = { lifetime: tokenLifetime, live: liveTokens, now: clock.now };
  const tokens = createTokens({ ...tokenOptions, prefix: 'sandbox-' });
  const accessTokens = createAccessTokens(tokenOptions);
  const faults = createFaultQueue(random('faults'));
  given.faults.forEach(faults.add);
  const log = createRequestLog();
  const pushes = new PushChannel(onPush);
  const { replay } = given;
  const replayed = replay && new ReplayedServers(replay.requests, clock.now);

  const latencies = random('latency');
  const shared = { faults, log, latency: () => latencies.between(...latency), now: clock.now };
  const endpoint = (server: ServerName, service: Service): Endpoint =>
    createEndpoint(server, service, { ...shared, tokens, pushes, replayed });

  const endpoints = {
    pserver: endpoint('pserver', pserver),
    enrich: endpoint('enrich', enrich),
    ob: endpoint('ob', ob),
  };
  const queueModel = createQueueService({ ...linxo, now: clock.now, seed });
  const respondLinxo = createLinxoEndpoint(queueModel, {
    ...shared,
    tokens: accessTokens,
    random: random('linxo/faults'),
    replayed: replay?.queue && new ReplayedQueue(queueModel, replay.queue, clock.now),
  });
  const gateway = createGateway(tokens);
  let handlers: RequestHandler[] | undefined;
  return {
    // Created on first use, because msw reads the call stack for each, and `linxo.fetch` needs none.
    get handlers() {
      handlers ??= createHandlers(baseUrl, endpoints, gateway, respondLinxo);
      return handlers;
    },
    pserver,
    enrich,
    ob,
    linxo: createLinxo(queueModel, respondLinxo),
    log: log.entries,
    replay: replay && replayed && createReplay(replay, replayed.unmatched),
    clearLog: log.clear,
    issueToken: tokens.issue,
    revokeToken: tokens.revoke,
    rotateTokens: tokens.rotate,
    issueAccessToken: accessTokens.issue,
    revokeAccessToken: accessTokens.revoke,
    rotateAccessTokens: accessTokens.rotate,
    jump: clock.jump,
    fault: faults.add,
    clearFaults: faults.clear,
    close: () => pushes.close(),
  };
}
