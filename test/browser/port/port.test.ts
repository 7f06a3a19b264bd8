import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type DisposableTransport,
  type PortTransportOptions,
  portTransport,
  servePort,
  WidgetBridge,
} from '../../../src/index.ts';
import { farTransport } from './far-transport.ts';
import { openFrame } from './frames.ts';

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

describe('a far side in a frame of another origin', () => {
  test('answers what is asked before it has loaded, fails, hears of the end, and is found again when it is loaded anew', async () => {
    const frame = await openFrame('far');
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
      cause: { name: 'TypeError', message: 'A failure on the far side: TypeError' },
    });

    const leaver = new AbortController();
    const left = expect(
      bridge.send('pserver', { type: 'left' }, { signal: leaver.signal }),
    ).rejects.toMatchObject({ code: 'ABORTED' });
    await frame.told('got left');
    leaver.abort();
    await left;
    await frame.told('aborted left');

    bridge.handlePersoEvent({ requestString: 'sessionEnded', requestData: { of: 'widget' } });
    await frame.told('sessionEnded {"of":"widget"}');

    const lost = expect(bridge.send('pserver', { type: 'lost' })).rejects.toMatchObject({
      code: 'NO_CHANNEL',
    });
    await frame.told('got lost');
    frame.element.src = frame.element.src.replace('/frame', '/another-frame');
    await lost;
    expect(await bridge.send('pserver', { type: 'echo' })).toMatchObject({ origin: frame.origin });

    const orphaned = expect(bridge.send('pserver', { type: 'gone' })).rejects.toMatchObject({
      code: 'NO_CHANNEL',
    });
    await frame.told('got gone');
    frame.element.remove();
    await orphaned;
  });
});

describe('a far side in the page around a frame of another origin', () => {
  test('serves it until it is stopped, and no other frame of that origin', async () => {
    const told: string[] = [];
    const [frame, stranger] = await Promise.all([openFrame('near'), openFrame('near')]);
    const stop = servePort({
      transport: farTransport((what) => told.push(what)),
      source: () => frame.window,
      origin: frame.origin,
    });
    await Promise.all([frame.told('near is there'), stranger.told('near is there')]);

    stranger.window.postMessage({ ask: { type: 'stranger' } }, stranger.origin);
    frame.window.postMessage({ ask: { type: 'echo' } }, frame.origin);
    await frame.told(JSON.stringify({ body: { type: 'echo' }, origin: location.origin }));
    await stranger.told('"NO_CHANNEL"');

    frame.window.postMessage({ ask: { type: 'pending' } }, frame.origin);
    await expect.poll(() => told).toEqual(['got pending']);
    stop();
    await frame.told('"NO_CHANNEL"');
    expect(told).toEqual(['got pending', 'aborted pending']);
  });
});

test.each<[string, (frame: HTMLIFrameElement) => void]>([
  [
    'loaded anew',
    (frame) => {
      frame.src = frame.src.replace('/frame', '/another-frame');
    },
  ],
  ['taken out of the page', (frame) => frame.remove()],
])('B9 of a frame that is %s, nothing is carried on', async (_what, leave) => {
  const told: string[] = [];
  const frame = await openFrame('near');
  onTestFinished(
    servePort({
      transport: farTransport((what) => told.push(what)),
      source: () => frame.element.contentWindow,
      origin: frame.origin,
    }),
  );
  await frame.told('near is there');
  frame.window.postMessage({ ask: { type: 'pending' } }, frame.origin);
  await expect.poll(() => told).toEqual(['got pending']);
  leave(frame.element);
  await expect.poll(() => told).toEqual(['got pending', 'aborted pending']);
});

describe('a far side in a worker', () => {
  test('answers over the port that it was handed, until it ends', async () => {
    const worker = new Worker(new URL('./serving-worker.ts', import.meta.url), { type: 'module' });
    onTestFinished(() => worker.terminate());
    const told: unknown[] = [];
    worker.onmessage = ({ data }) => told.push(data);
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
    await expect.poll(() => told).toEqual(['got pending']);
    if ('onclose' in MessagePort.prototype) worker.terminate();
    else transport.dispose();
    await pending;
  });
});
