// biome-ignore lint/correctness/noUndeclaredDependencies: the packed file is installed, of no version that a manifest could name
import { httpTransport, WidgetBridge } from 'bankside';

// A bank's page with a stand-in for the widget, which shows its reply.

const widget = {
  handlePServerResponse({ ok, unread, statusMessage }) {
    document.querySelector('[role=status]').textContent = ok ? `${unread} new insights` : statusMessage;
  },
};
const bridge = new WidgetBridge({
  transport: httpTransport({
    endpoints: { pserver: '/pserver/execute' },
    authToken: async () => (await fetch('/session/token', { method: 'POST' })).text(),
  }),
});
bridge.attach(widget);
widget.sendRequestToPServer(null, { type: 'getNumberOfInsights' }, '1');
