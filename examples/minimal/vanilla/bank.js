import { httpTransport, QueuePoller, WidgetBridge } from 'bankside';

/** Where the widget's servers are. An empty string is this page's own origin. */
const gateway = '';

export const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };

/** Creates the bridge to the servers, and the poller of the user's bank connections. */
export function openBank() {
  const endpoints = { pserver: `${gateway}/pserver/execute`, enrich: `${gateway}/enrich/execute` };
  const authToken = sessionToken('/session/token', 'authToken');
  const accessToken = sessionToken('/session/access-token', 'accessToken');
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

/** Keeps the token of the user's session until a server rejects it. */
function sessionToken(address, name) {
  let token;
  return async ({ rejected, signal }) => {
    if (token !== undefined && token !== rejected) return token;
    const response = await fetch(address, { method: 'POST', signal });
    if (!response.ok) throw new Error(`No token: status ${response.status}`);
    token = (await response.json())[name];
    return token;
  };
}
