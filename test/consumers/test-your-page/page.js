// biome-ignore lint/correctness/noUndeclaredDependencies: the packed file is installed, of no version that a manifest could name
import { httpTransport, WidgetBridge } from 'bankside';
import { signIn } from './src/session/login.js';

// A bank's page with a stand-in for the widget, which shows its reply.

async function fetchToken() {
  const response = await fetch('/session/token', { method: 'POST' });
  if (!response.ok) throw new Error(`No token: see ${signIn}`);
  return response.text();
}

const widget = {
  handlePServerResponse({ ok, unread, statusMessage }) {
    document.querySelector('[role=status]').textContent = ok ? `${unread} new insights` : statusMessage;
  },
};
const bridge = new WidgetBridge({
  transport: httpTransport({
    endpoints: { pserver: '/pserver/execute' },
    authToken: fetchToken,
  }),
});
bridge.attach(widget);
widget.sendRequestToPServer(null, { type: 'getNumberOfInsights' }, '1');
