import type { RequestHandler } from 'msw';
import type { ServerName } from '../index.ts';
import { createBudgets } from './budgets.ts';
import { createClock } from './clock.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { createEnrichServer, type EnrichServer } from './enrich.ts';
import type { Fault } from './fault.ts';
import { createFaultQueue } from './fault-queue.ts';
import { createGateway } from './gateway.ts';
import { createHandlers } from './handlers.ts';
import { createAccessTokens, type Whose } from './linxo/access-tokens.ts';
import { createQueueService } from './linxo/create-queue-service.ts';
import { createLinxo, type Linxo } from './linxo/linxo.ts';
import { createLinxoEndpoint } from './linxo/linxo-endpoint.ts';
import { createOpenBankingServer, type OpenBankingServer } from './open-banking.ts';
import { createPServer, type PServer } from './pserver.ts';
import { createPushChannel } from './push-channel.ts';
import { createRequestLog, type LogEntry } from './request-log.ts';
import { readOptions, type SandboxOptions } from './sandbox-options.ts';
import { seededRandom } from './seeded-random.ts';
import type { Service } from './service.ts';
import { createTokens } from './tokens.ts';

/** The servers that the widget's requests and the queue's poller go to, for tests and demonstrations. */
export interface Sandbox {
  /** For msw's `setupServer`, `setupWorker` or `getResponse`. */
  readonly handlers: RequestHandler[];
  /** The insights' server. */
  readonly pserver: PServer;
  /** The Enrich server. */
  readonly enrich: EnrichServer;
  /** The Open Banking server. */
  readonly ob: OpenBankingServer;
  /** The event queue's server: queues, connections, and what happens to them. */
  readonly linxo: Linxo;
  /** What arrived, oldest first, the last 1,000. */
  readonly log: readonly LogEntry[];
  /** Forgets what arrived. */
  clearLog(): void;
  /** A fresh token, as the bank's session end point hands it to its page. */
  issueToken(): string;
  /** Makes one token stale. */
  revokeToken(token: string): void;
  /** Makes all earlier tokens stale, and returns a fresh one. */
  rotateTokens(): string;
  /** The same for the event queue's own tokens. */
  issueAccessToken(whose?: Whose): string;
  /** Makes one of the event queue's tokens stale. */
  revokeAccessToken(token: string): void;
  /** Makes all earlier ones of the event queue stale, and returns a fresh one. */
  rotateAccessTokens(whose?: Whose): string;
  /** So many milliseconds pass at once, as for a machine that sleeps: tokens and queues age. */
  jump(ms: number): void;
  /** Something will go wrong. Throws a `TypeError` if the fault makes no sense. */
  fault(fault: Fault): void;
  /** Nothing will go wrong any more. */
  clearFaults(): void;
  /** No reply is pushed from now on, and no timer is left. */
  close(): void;
}

/**
 * A stand-in for the servers behind the widget, PServer, Enrich and Open Banking, and for the event queue of the
 * user's bank connections, with believable data, tokens that are checked, and faults on demand. Its `handlers` are msw's, for a test in Node, a service
 * worker or a real port.
 *
 * @throws TypeError naming the option that does not fit.
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
  const life = { lifetime: tokenLifetime, live: liveTokens, now: clock.now };
  const tokens = createTokens({ ...life, prefix: 'sandbox-' });
  const accessTokens = createAccessTokens(life);
  const faults = createFaultQueue(random('faults'));
  given.faults.forEach(faults.add);
  const log = createRequestLog();
  const pushes = createPushChannel(onPush);

  const pace = random('latency');
  const shared = { faults, log, latency: () => pace.between(...latency), now: clock.now };
  const endpoint = (server: ServerName, service: Service): Endpoint =>
    createEndpoint(server, service, { ...shared, tokens, pushes });

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
  });
  const gateway = createGateway(tokens);
  let handlers: RequestHandler[] | undefined;
  return {
    // Made when they are asked for: msw looks at the call stack for each, and who takes `linxo.fetch` needs none.
    get handlers() {
      handlers ??= createHandlers(baseUrl, endpoints, gateway, respondLinxo);
      return handlers;
    },
    pserver,
    enrich,
    ob,
    linxo: createLinxo(queueModel, respondLinxo),
    log: log.entries,
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
    close: pushes.close,
  };
}
