import { portTransport, servePort } from '../../../src/index.ts';
import { HostTransport } from '../fixtures/host-transport.ts';
import { twoWindows } from '../fixtures/two-windows.ts';
import { keepsTheContract } from './contract.ts';

const cannot = { 'answer twice': 'its host is a transport, whose send has one answer' };

keepsTheContract({
  name: 'portTransport over a port',
  cannot,
  connect() {
    const { port1, port2 } = new MessageChannel();
    const host = new HostTransport();
    const close = servePort({ transport: host, port: port2 });
    return { transport: portTransport({ port: port1 }), ...host.channel, close };
  },
});

keepsTheContract({
  name: 'portTransport to another window',
  cannot,
  connect() {
    const { bank, frame } = twoWindows();
    const host = new HostTransport();
    const close = servePort({ transport: host, source: frame.proxy, origin: frame.origin });
    const transport = portTransport({ target: bank.proxy, origin: bank.origin });
    return { transport, ...host.channel, close };
  },
});

keepsTheContract({
  name: 'portTransport to another window, which is loaded later',
  cannot,
  connect() {
    const { bank, frame } = twoWindows();
    const host = new HostTransport();
    const transport = portTransport({ target: bank.proxy, origin: bank.origin });
    let close = (): void => {};
    setImmediate(() =>
      setImmediate(() => {
        close = servePort({ transport: host, source: () => frame.proxy, origin: frame.origin });
      }),
    );
    return { transport, ...host.channel, close: () => close() };
  },
});
