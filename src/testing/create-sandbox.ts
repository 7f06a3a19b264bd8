import type { RequestHandler } from 'msw';
import type { ServerName } from '../index.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { createEnrichServer, type EnrichServer } from './enrich.ts';
import type { Fault } from './fault.ts';
import { createFaultQueue } from './fault-queue.ts';
import { createGateway } from './gateway.ts';
import { createHandlers } from './handlers.ts';
import { createOpenBankingServer, type OpenBankingServer } from './open-banking.ts';
import { createPServer, type PServer } from './pserver.ts';
import { createPushChannel } from './push-channel.ts';
import { createRequestLog, type LogEntry } from './request-log.ts';
import { readOptions, type SandboxOptions } from './sandbox-options.ts';
import { seededRandom } from './seeded-random.ts';
import type { Service } from './service.ts';
import { createTokens } from './tokens.ts';

/** The servers that the widget's requests go to, for tests and demonstrations. */
export interface Sandbox {
  /** For msw's `setupServer`, `setupWorker` or `getResponse`. */
  readonly handlers: RequestHandler[];
  readonly pserver: PServer;
  readonly enrich: EnrichServer;
  readonly ob: OpenBankingServer;
  /** What arrived, oldest first, the last 1,000. */
  readonly log: readonly LogEntry[];
  clearLog(): void;
  /** A fresh token, as the bank's session end point hands it to its page. */
  issueToken(): string;
  revokeToken(token: string): void;
  /** Makes all earlier tokens stale, and returns a fresh one. */
  rotateTokens(): string;
  /** Something will go wrong. Throws a `TypeError` if the fault makes no sense. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** No reply is pushed from now on, and no timer is left. */
  close(): void;
}

/**
 * A stand-in for the servers behind the widget: PServer, Enrich and Open Banking, with believable data,
 * tokens that are checked, and faults on demand. Its `handlers` are msw's, for a test in Node, a service
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
  const { seed, baseUrl, tokenLifetime, liveTokens, latency, onPush } = readOptions(options);
  const random = (stream: string) => seededRandom(seed, stream);

  const pserver = createPServer(random('pserver'));
  const enrich = createEnrichServer(random('enrich'));
  const ob = createOpenBankingServer(random('ob'));
  const tokens = createTokens({ lifetime: tokenLifetime, live: liveTokens });
  const faults = createFaultQueue(random('faults'));
  const log = createRequestLog();
  const pushes = createPushChannel(onPush);

  const pace = random('latency');
  const surroundings = { tokens, faults, log, pushes, latency: () => pace.between(...latency) };
  const endpoint = (server: ServerName, service: Service): Endpoint =>
    createEndpoint(server, service, surroundings);

  const endpoints = {
    pserver: endpoint('pserver', pserver),
    enrich: endpoint('enrich', enrich),
    ob: endpoint('ob', ob),
  };
  return {
    handlers: createHandlers(baseUrl, endpoints, createGateway(tokens)),
    pserver,
    enrich,
    ob,
    log: log.entries,
    clearLog: log.clear,
    issueToken: tokens.issue,
    revokeToken: tokens.revoke,
    rotateTokens: tokens.rotate,
    fault: faults.add,
    clearFaults: faults.clear,
    close: pushes.close,
  };
}
