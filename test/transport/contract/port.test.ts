import { portTransport, servePort } from '../../../src/index.ts';
import { FarTransport } from '../fixtures/far-transport.ts';
import { twoWindows } from '../fixtures/two-windows.ts';
import { keepsTheContract } from './contract.ts';

const cannot = { 'answer twice': 'its far side is a transport, whose send has one answer' };

keepsTheContract({
  name: 'portTransport over a port',
  cannot,
  connect() {
    const { port1, port2 } = new MessageChannel();
    const far = new FarTransport();
    const close = servePort({ transport: far, port: port2 });
    return { transport: portTransport({ port: port1 }), ...far.channel, close };
  },
});

keepsTheContract({
  name: 'portTransport to another window',
  cannot,
  connect() {
    const { bank, frame } = twoWindows();
    const far = new FarTransport();
    const close = servePort({ transport: far, source: frame.proxy, origin: frame.origin });
    const transport = portTransport({ target: bank.proxy, origin: bank.origin });
    return { transport, ...far.channel, close };
  },
});

keepsTheContract({
  name: 'portTransport to another window, which is loaded later',
  cannot,
  connect() {
    const { bank, frame } = twoWindows();
    const far = new FarTransport();
    const transport = portTransport({ target: bank.proxy, origin: bank.origin });
    let close = (): void => {};
    setImmediate(() =>
      setImmediate(() => {
        close = servePort({ transport: far, source: () => frame.proxy, origin: frame.origin });
      }),
    );
    return { transport, ...far.channel, close: () => close() };
  },
});
