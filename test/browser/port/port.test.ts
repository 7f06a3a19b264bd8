import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type DisposableTransport,
  type PortTransportOptions,
  portTransport,
  servePort,
  WidgetBridge,
} from '../../../src/index.ts';
import { openFrame } from './frames.ts';
import { hostTransport } from './host-transport.ts';

const HOSTILE = '"\'\\</script>\u2028\ud83c 🏦\u0000';

function bridgeTo(options: PortTransportOptions): { bridge: WidgetBridge; transport: DisposableTransport } {
  const transport = portTransport(options);
  const bridge = new WidgetBridge({ transport });
  onTestFinished(() => {
    bridge.dispose();
    transport.dispose();
  });
  return { bridge, transport };
}

describe('servePort in a frame of another origin', () => {
  test('answers a request from before it has loaded, fails, is notified of the end, and is found again after a reload', async () => {
    const frame = await openFrame('host');
    const { bridge } = bridgeTo({ target: frame.window, origin: frame.origin });

    expect(await bridge.send('pserver', { type: 'echo', text: HOSTILE })).toEqual({
      body: { type: 'echo', text: HOSTILE },
      origin: frame.origin,
    });
    expect(frame.origin).not.toBe(location.origin);

    const refusal = await bridge.send('ob', { type: 'refuse' }).catch((error) => error);
    expect(refusal).toMatchObject({
      code: 'HTTP',
      message: 'Not today',
      details: { server: 'ob', type: 'refuse', status: 503 },
      cause: { name: 'TypeError', message: 'An error on the other side: TypeError' },
    });

    const controller = new AbortController();
    const left = expect(
      bridge.send('pserver', { type: 'left' }, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'ABORTED' });
    await frame.reported('got left');
    controller.abort();
    await left;
    await frame.reported('aborted left');

    bridge.handlePersoEvent({ requestString: 'sessionEnded', requestData: { of: 'widget' } });
    await frame.reported('sessionEnded {"of":"widget"}');

    const lost = expect(bridge.send('pserver', { type: 'lost' })).rejects.toMatchObject({
      code: 'NO_CHANNEL',
    });
    await frame.reported('got lost');
    frame.element.src = frame.element.src.replace('/frame', '/another-frame');
    await lost;
    expect(await bridge.send('pserver', { type: 'echo' })).toMatchObject({ origin: frame.origin });

    const orphaned = expect(bridge.send('pserver', { type: 'gone' })).rejects.toMatchObject({
      code: 'NO_CHANNEL',
    });
    await frame.reported('got gone');
    frame.element.remove();
    await orphaned;
  });
});

describe('servePort in the page around a frame of another origin', () => {
  test('serves the frame until it is stopped, and no other frame of that origin', async () => {
    const reports: string[] = [];
    const [frame, stranger] = await Promise.all([openFrame('client'), openFrame('client')]);
    const stop = servePort({
      transport: hostTransport((what) => reports.push(what)),
      source: () => frame.window,
      origin: frame.origin,
    });
    await Promise.all([frame.reported('client is there'), stranger.reported('client is there')]);

    stranger.window.postMessage({ ask: { type: 'stranger' } }, stranger.origin);
    frame.window.postMessage({ ask: { type: 'echo' } }, frame.origin);
    await frame.reported(JSON.stringify({ body: { type: 'echo' }, origin: location.origin }));
    await stranger.reported('"NO_CHANNEL"');

    frame.window.postMessage({ ask: { type: 'pending' } }, frame.origin);
    await expect.poll(() => reports).toEqual(['got pending']);
    stop();
    await frame.reported('"NO_CHANNEL"');
    expect(reports).toEqual(['got pending', 'aborted pending']);
  });
});

test.each<[string, (frame: HTMLIFrameElement) => void]>([
  [
    'reloaded',
    (frame) => {
      frame.src = frame.src.replace('/frame', '/another-frame');
    },
  ],
  ['removed from the page', (frame) => frame.remove()],
])('B9 the requests of a frame that is %s are aborted', async (_what, end) => {
  const reports: string[] = [];
  const frame = await openFrame('client');
  onTestFinished(
    servePort({
      transport: hostTransport((what) => reports.push(what)),
      source: () => frame.element.contentWindow,
      origin: frame.origin,
    }),
  );
  await frame.reported('client is there');
  frame.window.postMessage({ ask: { type: 'pending' } }, frame.origin);
  await expect.poll(() => reports).toEqual(['got pending']);
  end(frame.element);
  await expect.poll(() => reports).toEqual(['got pending', 'aborted pending']);
});

describe('servePort in a worker', () => {
  test('answers over its port until it ends', async () => {
    const worker = new Worker(new URL('./serving-worker.ts', import.meta.url), { type: 'module' });
    onTestFinished(() => worker.terminate());
    const reports: unknown[] = [];
    worker.onmessage = ({ data }) => reports.push(data);
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ port: port2 }, [port2]);
    const { bridge, transport } = bridgeTo({ port: port1 });

    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, number) => bridge.send('pserver', { type: 'echo', number })),
    );
    expect(answers).toMatchObject(answers.map((_, number) => ({ body: { number } })));

    const pending = expect(bridge.send('pserver', { type: 'pending' })).rejects.toMatchObject({
      code: expect.stringMatching(/^(DISPOSED|NO_CHANNEL)$/),
    });
    await expect.poll(() => reports).toEqual(['got pending']);
    if ('onclose' in MessagePort.prototype) worker.terminate();
    else transport.dispose();
    await pending;
  });
});
