import { portTransport, servePort, WidgetBridge } from '../../../src/index.ts';
import { hostTransport } from './host-transport.ts';

/** Runs in a frame of another origin. The address contains the origin of the page around it. */
const [role, origin = ''] = location.hash.slice(1).split('=');
const report = (what: string): void => parent.postMessage({ report: what }, origin);

if (role === 'host') servePort({ transport: hostTransport(report), source: parent, origin });
if (role === 'client') {
  const bridge = new WidgetBridge({
    transport: portTransport({ target: parent, origin, readyTimeout: 1_000 }),
    timeout: false, // so that no deadline ends what the end of this page should
  });
  addEventListener('message', async ({ source, data: { ask } }) => {
    if (source !== parent || !ask) return;
    const outcome = await bridge.send('pserver', ask).catch(({ code }) => code);
    report(JSON.stringify(outcome));
  });
  report('client is there');
}
