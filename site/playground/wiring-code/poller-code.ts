import type { Settings } from '../settings.ts';
import { isInApp } from './bridge-code.ts';

/** Whether the page follows bank connections. */
export function hasPoller({ synchronisation }: Settings): boolean {
  return synchronisation !== 'none';
}

/** The expression of the poller. There is a `user`. */
export function pollerCode({ shownIn }: Settings): string {
  const [baseUrl, accessToken] = isInApp(shownIn)
    ? ['/gateway/linxo', 'false, // your gateway adds the token']
    : ['/api/linxo', "sessionToken('/session/access-token'),"];
  return `new QueuePoller({
  baseUrl: '${baseUrl}',
  accessToken: ${accessToken}
  user: user.userId,
})`;
}

/** What the user reads of a connection, as the function `wordsFor`. @param isTyped Whether it is TypeScript. */
export function wordsCode(isTyped: boolean): string {
  return `const ends${isTyped ? ': Record<string, string | undefined>' : ''} = {
  SUCCESS: 'up to date',
  PARTIAL_SUCCESS: 'partly up to date',
  CLOSED: 'closed',
  NONE: 'not updated yet',
};

/** The action comes first: while a bank waits for a code, the status is \`FAILED\`. */
function wordsFor({ action, syncing, status }${isTyped ? ': ConnectionState' : ''}) {
  if (action) return 'your bank needs you';
  if (syncing) return 'is being updated';
  return ends[status] ?? 'could not be updated';
}`;
}
