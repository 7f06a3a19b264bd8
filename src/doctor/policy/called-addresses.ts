import { queueFolder } from '../queue-steps.ts';
import type { Subject } from '../subject.ts';

/** A server that a page calls. */
export type CalledServer = Pick<Subject, 'name' | 'url'>;

/** An address that a page sends requests to. */
export interface CalledAddress {
  readonly url: URL;
  /** Its origin and path, for a finding. */
  readonly shown: string;
}

/** What the poller finds under its `baseUrl`. A policy may allow some paths only. */
const OF_THE_QUEUE = ['queues/subscribe', 'queues/{id}', 'connections/{id}'];

/** An id, as a server may give it. */
const SOME_ID = '5f3c9b7e1d2a4860';

/** Every address that a page calls on these servers. */
export function calledAddresses(servers: readonly CalledServer[]): readonly CalledAddress[] {
  const addresses: CalledAddress[] = [];
  for (const { name, url } of servers) {
    if (name !== 'linxo') addresses.push({ url, shown: url.origin + url.pathname });
    else for (const path of OF_THE_QUEUE) addresses.push(under(queueFolder(url), path));
  }
  return addresses;
}

function under(folder: URL, path: string): CalledAddress {
  const url = new URL(path.replace('{id}', SOME_ID), folder);
  return { url, shown: folder.origin + folder.pathname + path };
}
