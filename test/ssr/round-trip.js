/**
 * One request there and back, one that fails, and the end, over a transport of the page's own and over HTTPS.
 *
 * @param {typeof import('../../src/index.ts')} bankside
 * @returns {Promise<unknown>} What the widget got.
 */
export async function roundTrip({ httpTransport, WidgetBridge }) {
  const replies = [];
  const widget = {
    handlePServerResponse: (response, requestId) => {
      replies.push([requestId, response.ok]);
    },
  };
  const fetch = async () => new Response('{"ok":true}');
  const endpoints = { pserver: 'https://bank.example/pserver' };
  const transports = [
    { send: async () => '{"ok":true}' },
    httpTransport({ endpoints, authToken: 'token', fetch }),
  ];
  for (const transport of transports) {
    const bridge = new WidgetBridge({ transport });
    const target = {};
    bridge.attach(widget, target);
    target.sendRequestToPServer({ type: 'getInsights' }, 'answered');
    await new Promise((resolve) => bridge.on('reply', resolve));
    target.sendRequestToPServer('misfit');
    await new Promise((resolve) => bridge.on('failure', resolve));
    replies.push(
      Object.getOwnPropertyNames(bridge).includes('undefined') ? 'a member named undefined' : 'clean',
    );
    bridge.dispose();
  }
  return replies;
}
