import { httpTransport, QueuePoller, WidgetBridge } from 'bankside';

/** Where the widget's servers are. An empty string is this page's own origin. */
const gateway = '';

export const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };

/** Connects the widget, and follows the user's bank connections. Call `close` when the user signs out. */
export function openBank() {
  const transport = httpTransport({
    endpoints: { pserver: `${gateway}/pserver/execute`, enrich: `${gateway}/enrich/execute` },
    authToken: sessionToken('/session/token', 'authToken'),
  });
  const poller = new QueuePoller({
    baseUrl: `${gateway}/linxo`,
    accessToken: sessionToken('/session/access-token', 'accessToken'),
    user: user.userId,
  });
  const bridge = new WidgetBridge({ transport, queue: poller });

  function close() {
    bridge.dispose(); // stops the poller as well
    transport.dispose();
  }

  return { bridge, poller, close };
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
