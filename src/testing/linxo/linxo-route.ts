import type { LinxoOperation } from '../faults/fault.ts';
import type { LogEntry } from '../request-log.ts';

/** The forms of the answers. Those of a path without a version are of 2.1, but its lists are in an object, as in version 3. */
export type LinxoVersion = 'none' | '2.1' | '3';

/** The route of a request. */
export interface LinxoRoute {
  readonly operation: LinxoOperation;
  readonly method: 'GET' | 'POST';
  /** The id of the queue, the connection or the account. Without an id: all of them. */
  readonly id: string | undefined;
  readonly via: LogEntry['via'];
  /** The base address of the routes, without a slash at the end. */
  readonly base: string;
  readonly version: LinxoVersion;
  readonly query: URLSearchParams;
}

const VERSIONS = ['', '/v2.1', '/v3'];

/** Relative to the base address of the sandbox. Each path is for pages and for the bank's gateway. */
export const LINXO_PATHS: readonly string[] = ['/linxo', '/gateway/linxo']
  .flatMap((base) => VERSIONS.map((version) => base + version))
  .flatMap((base) => [
    `${base}/queues/:id`, // and `/queues/subscribe`
    `${base}/connections`,
    `${base}/connections/:id`,
    `${base}/accounts`,
    `${base}/accounts/:id`,
    `${base}/transactions`,
    `${base}/users/me`,
  ]);

const PATTERN =
  /^(.*?(\/gateway)?\/linxo(?:\/v(2\.1|3))?)\/(queues|connections|accounts|transactions|users)(?:\/([^/]+))?\/?$/;

/** Returns `undefined` for an unknown address. */
export function readRoute(address: string): LinxoRoute | undefined {
  const { origin, pathname, searchParams: query } = new URL(address);
  const [, path = '', gateway, version, collection, id] = PATTERN.exec(pathname) ?? [];
  const operation = operationOf(collection, id);
  if (!operation) return undefined;
  return {
    operation,
    method: operation === 'subscribe' ? 'POST' : 'GET',
    id: decode(id),
    via: gateway ? 'gateway' : 'page',
    base: origin + path,
    version: version === '3' || version === '2.1' ? version : 'none',
    query,
  };
}

function operationOf(collection: string | undefined, id: string | undefined): LinxoOperation | undefined {
  switch (collection) {
    case 'queues':
      if (id === 'subscribe') return 'subscribe';
      return id === undefined ? undefined : 'queue';
    case 'connections':
      return 'connection';
    case 'accounts':
      return 'account';
    case 'transactions':
      return id === undefined ? 'transaction' : undefined;
    case 'users':
      return id === 'me' ? 'user' : undefined;
    default:
      return undefined;
  }
}

/** An id that cannot be decoded is unknown in any form. */
function decode(id: string | undefined): string | undefined {
  try {
    return id && decodeURIComponent(id);
  } catch {
    return id;
  }
}
