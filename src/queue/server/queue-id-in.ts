import { attempt } from '../../check.ts';
import { isAddressableId } from './addressable-id.ts';

/** The id at the end of a queue's address. That may be absolute or relative, and may end in a slash. */
export function queueIdIn(location: string): string | undefined {
  const [, id] = /(?:^|\/)queues\/([^/?#]+)\/?(?:[?#]|$)/.exec(location) ?? [];
  const name = attempt(() => decodeURIComponent(id ?? ''));
  return isAddressableId(name) ? name : undefined;
}
