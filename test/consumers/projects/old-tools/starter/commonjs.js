const { WidgetBridge } = require('bankside');

const transport = { send: async () => ({ ok: true, unread: 4 }) };
const bridge = new WidgetBridge({ transport });
bridge.send('pserver', { type: 'getNumberOfInsights' }).then(({ unread }) => {
  console.log(`${unread} new insights`);
  bridge.dispose();
});
