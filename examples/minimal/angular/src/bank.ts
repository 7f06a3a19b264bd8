import type { AnyBanksideError, ConnectionState, Credential } from 'bankside';
import { httpTransport, QueuePoller, WidgetBridge, widgetActions } from 'bankside';
import 'bankside/personetics';

/** Where the widget's servers are. An empty string is this page's own origin. */
const gateway = '';
const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };

export function createBridge(signal: AbortSignal): WidgetBridge {
  const endpoints = { pserver: `${gateway}/pserver/execute`, enrich: `${gateway}/enrich/execute` };
  const authToken = sessionToken('/session/token');
  return new WidgetBridge({ transport: httpTransport({ endpoints, authToken, signal }) });
}

export function createPoller(): QueuePoller {
  const accessToken = sessionToken('/session/access-token');
  return new QueuePoller({ baseUrl: `${gateway}/linxo`, accessToken, user: user.userId });
}

/** Connects the widget with the bridge, and starts it. Returns the cleanup function. */
export function attachWidget(bridge: WidgetBridge): () => void {
  const detach = bridge.attach(personetics, PersoWidget);
  const stopActions = widgetActions(bridge, { widget: personetics, element: '#insights', config: user });
  startWidget();
  return () => {
    stopActions();
    detach();
  };
}

export function startWidget(): void {
  personetics.startWidget({ ...user, widgetType: 'teaser-widget', el: '#insights' });
}

/** Removes what is stored of the user, and opens your sign-in page. */
export async function signOut(poller: QueuePoller | undefined): Promise<void> {
  await poller?.stop({ forget: true });
  location.assign('/');
}

const ends: Readonly<Record<string, string>> = {
  SUCCESS: 'up to date',
  PARTIAL_SUCCESS: 'partly up to date',
  CLOSED: 'closed',
  NONE: 'not updated yet',
};

/** What the user reads of a connection. Its status is `FAILED` while the bank waits for a code: the action comes first. */
export function wordsFor({ action, syncing, status }: ConnectionState): string {
  if (action?.type === 'CHALLENGE_REQUIRED') return 'enter the code of your bank';
  if (action) return 'your bank needs you';
  if (syncing) return 'is being updated';
  return ends[status] ?? 'could not be updated';
}

/** What the user reads of a failure. The message of the error is for you: log it. */
export function wordsForFailure({ code }: AnyBanksideError): string {
  return code === 'UNAUTHORIZED' ? 'Please sign in again.' : 'Please try again later.';
}

/** Keeps the token of the user's session until a server rejects it. */
function sessionToken(address: string): Credential {
  let token: string | undefined;
  return async ({ rejected, signal }) => {
    if (token !== undefined && token !== rejected) return token;
    const response = await fetch(address, { method: 'POST', signal });
    if (!response.ok) throw new Error(`No token: status ${response.status}`);
    token = await response.text();
    return token;
  };
}
