import type { LinxoOperation } from '../faults/fault.ts';
import type { LogEntry } from '../request-log.ts';

/** The route of a request. */
export interface LinxoRoute {
  readonly operation: LinxoOperation;
  readonly method: 'GET' | 'POST';
  /** The id of the queue or the connection. Without an id: all connections. */
  readonly id: string | undefined;
  readonly via: LogEntry['via'];
  /** The base address of the routes, without a slash at the end. */
  readonly base: string;
}

/** The versions of the service. They differ in the name of one field. */
const VERSIONS = ['', '/v2.1', '/v3'];

/** Relative to the base address of the sandbox. Each path is for pages and for the bank's gateway. */
export const LINXO_PATHS: readonly string[] = ['/linxo', '/gateway/linxo']
  .flatMap((base) => VERSIONS.map((version) => base + version))
  .flatMap((base) => [
    `${base}/queues/:id`, // and `/queues/subscribe`
    `${base}/connections`,
    `${base}/connections/:id`,
  ]);

const PATTERN =
  /^(.*?(\/gateway)?\/linxo(?:\/v2\.1|\/v3)?)\/(?:(queues\/subscribe)|(queues|connections)(?:\/([^/]+))?)\/?$/;

/** Returns `undefined` for an unknown address. */
export function readRoute(address: string): LinxoRoute | undefined {
  const { origin, pathname } = new URL(address);
  const [, path = '', gateway, subscribe, collection, id] = PATTERN.exec(pathname) ?? [];
  const base = origin + path;
  const via = gateway ? 'gateway' : 'page';
  if (subscribe) return { operation: 'subscribe', method: 'POST', id: undefined, via, base };
  if (collection === 'connections')
    return { operation: 'connection', method: 'GET', id: decode(id), via, base };
  return id ? { operation: 'queue', method: 'GET', id: decode(id), via, base } : undefined;
}

/** An id that cannot be decoded is unknown in any form. */
function decode(id: string | undefined): string | undefined {
  try {
    return id && decodeURIComponent(id);
  } catch {
    return id;
  }
}
