import { type Credential, httpTransport, QueuePoller, type Widget, WidgetBridge } from 'bankside';

declare global {
  interface Window {
    personetics: Widget & { startWidget(config: object): void };
    PersoWidget: object;
  }
}

/** Where the widget's servers are. An empty string is this page's own origin. */
const gateway = '';

export const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };

export function createBridge(): WidgetBridge {
  const transport = httpTransport({
    endpoints: { pserver: `${gateway}/pserver/execute`, enrich: `${gateway}/enrich/execute` },
    authToken: sessionToken('/session/token', 'authToken'),
  });
  return new WidgetBridge({ transport });
}

export function createPoller(): QueuePoller {
  return new QueuePoller({
    baseUrl: `${gateway}/linxo`,
    accessToken: sessionToken('/session/access-token', 'accessToken'),
    user: user.userId,
  });
}

export function startWidget(): void {
  window.personetics.startWidget({ ...user, widgetType: 'teaser-widget', el: '#insights' });
}

/** Keeps the token of the user's session until a server rejects it. */
function sessionToken(address: string, name: string): Credential {
  let token: string | undefined;
  return async ({ rejected, signal }) => {
    if (token !== undefined && token !== rejected) return token;
    const response = await fetch(address, { method: 'POST', signal });
    if (!response.ok) throw new Error(`No token: status ${response.status}`);
    token = String((await response.json())[name]);
    return token;
  };
}
