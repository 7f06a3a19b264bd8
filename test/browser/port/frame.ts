import { portTransport, servePort, WidgetBridge } from '../../../src/index.ts';
import { farTransport } from './far-transport.ts';

/** What runs in a frame of another origin than the page around it, whose origin is in the address. */
const [role, origin = ''] = location.hash.slice(1).split('=');
const tell = (what: string): void => parent.postMessage({ told: what }, origin);

if (role === 'far') servePort({ transport: farTransport(tell), source: parent, origin });
if (role === 'near') {
  const bridge = new WidgetBridge({
    transport: portTransport({ target: parent, origin, readyTimeout: 1_000 }),
    timeout: false, // so that no deadline ends what the end of this page should
  });
  addEventListener('message', async ({ source, data: { ask } }) => {
    if (source !== parent || !ask) return;
    const outcome = await bridge.send('pserver', ask).catch(({ code }) => code);
    tell(JSON.stringify(outcome));
  });
  tell('near is there');
}
