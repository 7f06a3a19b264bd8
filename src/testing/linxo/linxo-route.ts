import type { LinxoOperation } from '../fault.ts';
import type { LogEntry } from '../request-log.ts';

/** Where a request leads to. */
export interface LinxoRoute {
  readonly operation: LinxoOperation;
  readonly method: 'GET' | 'POST';
  /** Of the queue or the connection; a connection without one means all. */
  readonly id: string | undefined;
  readonly via: LogEntry['via'];
  /** The address below which the routes are, without a slash at the end. */
  readonly base: string;
}

/** Those that the service has had; all answer the same, but for one field's name. */
const VERSIONS = ['', '/v2.1', '/v3'];

/** Below the base address of the sandbox, each of them for pages and for the bank's gateway. */
export const LINXO_PATHS: readonly string[] = ['/linxo', '/gateway/linxo']
  .flatMap((base) => VERSIONS.map((version) => base + version))
  .flatMap((base) => [
    `${base}/queues/:id`, // subscribe among them
    `${base}/connections`,
    `${base}/connections/:id`,
  ]);

const PATTERN =
  /^(.*?(\/gateway)?\/linxo(?:\/v2\.1|\/v3)?)\/(?:(queues\/subscribe)|(queues|connections)(?:\/([^/]+))?)\/?$/;

/** `undefined` where there is nothing. */
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

/** What cannot be decoded is no id of ours, whatever it is. */
function decode(id: string | undefined): string | undefined {
  try {
    return id && decodeURIComponent(id);
  } catch {
    return id;
  }
}
