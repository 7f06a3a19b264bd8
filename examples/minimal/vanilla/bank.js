import { httpTransport, QueuePoller, WidgetBridge } from 'bankside';

/** Where the widget's servers are. An empty string is this page's own origin. */
const gateway = '';

export const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };

/** Creates the bridge to the servers, and the poller of the user's bank connections. */
export function openBank() {
  const endpoints = { pserver: `${gateway}/pserver/execute`, enrich: `${gateway}/enrich/execute` };
  const authToken = sessionToken('/session/token');
  const accessToken = sessionToken('/session/access-token');
  const transport = httpTransport({ endpoints, authToken });
  const poller = new QueuePoller({ baseUrl: `${gateway}/linxo`, accessToken, user: user.userId });
  const bridge = new WidgetBridge({ transport });

  /** Ends all three, and removes what is stored of the user. */
  async function signOut() {
    bridge.dispose();
    transport.dispose();
    await poller.stop({ forget: true });
  }

  return { bridge, poller, signOut };
}

const ends = {
  SUCCESS: 'up to date',
  PARTIAL_SUCCESS: 'partly up to date',
  CLOSED: 'closed',
  NONE: 'not updated yet',
};

/** What the user reads of a connection. Its status is `FAILED` while the bank waits for a code: the action comes first. */
export function wordsFor({ action, syncing, status }) {
  if (action?.type === 'CHALLENGE_REQUIRED') return 'enter the code of your bank';
  if (action) return 'your bank needs you';
  if (syncing) return 'is being updated';
  return ends[status] ?? 'could not be updated';
}

/** What the user reads of a failure. The message of the error is for you: log it. */
export function wordsForFailure({ code }) {
  return code === 'UNAUTHORIZED' ? 'Please sign in again.' : 'Please try again later.';
}

/** Keeps the token of the user's session until a server rejects it. */
function sessionToken(address) {
  let token;
  return async ({ rejected, signal }) => {
    if (token !== undefined && token !== rejected) return token;
    const response = await fetch(address, { method: 'POST', signal });
    if (!response.ok) throw new Error(`No token: status ${response.status}`);
    token = await response.text();
    return token;
  };
}
