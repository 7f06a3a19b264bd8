import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type NativeTransportOptions, nativeTransport, type ServerName } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { SENDERS } from '../../bridge/fixtures/senders.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { base64, type ShellName, shellNames, standIn } from '../fixtures/native-app.ts';

const { setUpWith, reported } = bridgeTests();

const BODY = { type: 'getInsights', lang: 'en' };
const HEADERS = { 'Content-Language': 'fr' };

function inShell(shell: ShellName, options: NativeTransportOptions = {}) {
  const app = standIn(shell);
  return { app, ...setUpWith(nativeTransport({ shell, ...options })) };
}

describe('a request as it is posted', () => {
  it('ios: the published text', () => {
    const { app, delegate } = inShell('ios');
    delegate.sendRequestToPServer(null, BODY, 'r1');
    const id = app.last.requestId;

    expect(app.posted).toEqual([
      [
        '{"sender":"personetics","requestType":"sendRequestToPServer","requestInformation":' +
          `{"requestData":{"type":"getInsights","lang":"en"},"requestId":"${id}"}}`,
      ],
    ]);
  });

  it('ios: the widget’s headers as a further field', () => {
    const { app, delegate } = inShell('ios');
    delegate.sendRequestToOBServer(HEADERS, BODY, 'r1');

    expect(app.posted).toEqual([
      [
        '{"sender":"personetics","requestType":"sendRequestToOBServer","requestInformation":' +
          `{"requestData":{"type":"getInsights","lang":"en"},"requestId":"${app.last.requestId}",` +
          '"requestHeaders":{"Content-Language":"fr"}}}',
      ],
    ]);
  });

  it.each(['react-native', 'flutter'] as const)('%s: the published text', (shell) => {
    const { app, delegate } = inShell(shell);
    delegate.sendRequestToEnrichServer(null, BODY, 'r1');
    delegate.sendRequestToEnrichServer(HEADERS, BODY, 'r2');
    const [first, second] = app.calls;

    expect(app.posted).toEqual([
      [
        '{"requestString":"sendRequestToEnrichServer","requestData":{"type":"getInsights","lang":"en"},' +
          `"requestId":"${first?.requestId}"}`,
      ],
      [
        '{"requestString":"sendRequestToEnrichServer","requestData":{"type":"getInsights","lang":"en"},' +
          `"requestId":"${second?.requestId}","requestHeaders":{"Content-Language":"fr"}}`,
      ],
    ]);
  });

  it('android: the published arguments, and the headers as a third', () => {
    const { app, delegate } = inShell('android');
    delegate.sendRequestToPServer(null, BODY, 'r1');
    delegate.sendRequestToPServer(HEADERS, BODY, 'r2');
    const [first, second] = app.calls;

    expect(app.posted).toEqual([
      ['sendRequestToPServer', '{"type":"getInsights","lang":"en"}', first?.requestId],
      [
        'sendRequestToPServer',
        '{"type":"getInsights","lang":"en"}',
        second?.requestId,
        '{"Content-Language":"fr"}',
      ],
    ]);
  });

  it('flutter: to the channel that is named, or to the handler of flutter_inappwebview', () => {
    const post = vi.fn();
    vi.stubGlobal('bankChannel', { postMessage: post });
    const { delegate } = setUpWith(nativeTransport({ shell: 'flutter', channel: 'bankChannel' }));
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(post.mock.calls).toEqual([[expect.stringMatching(/^{"requestString":"sendRequestToPServer",/)]]);

    const callHandler = vi.fn();
    vi.stubGlobal('bankChannel', { postMessage: 'taken by the widget' });
    vi.stubGlobal('flutter_inappwebview', { callHandler });
    delegate.sendRequestToPServer(BODY, 'r2');
    expect(callHandler.mock.calls).toEqual([
      ['bankChannel', expect.stringMatching(/^{"requestString":"sendRequestToPServer",/)],
    ]);
  });

  it('flutter: to WebKit’s handler, where a script of the page has replaced the channel’s global', () => {
    const post = vi.fn();
    vi.stubGlobal('bankChannel', {});
    vi.stubGlobal('webkit', { messageHandlers: { bankChannel: { postMessage: post } } });
    const { delegate } = setUpWith(nativeTransport({ channel: 'bankChannel' }));
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(post).toHaveBeenCalledOnce();
  });

  describe.each(shellNames)('in %s', (shell) => {
    it.each(SENDERS)('%s says which server', (sender) => {
      const { app, delegate } = inShell(shell);
      delegate[sender](null, BODY, 'r1');

      expect(app.last.sender).toBe(sender);
    });

    it('B5 a body that is text travels as text, byte for byte', () => {
      const { app, delegate } = inShell(shell);
      const text = '{ "type": "getInsights",\u2028 "n": 1.0, "s": "\\u00e9</script>" }';
      delegate.sendRequestToPServer('r1', text);

      expect(app.last.requestData).toBe(text);
    });

    it('T1 headers of the widget’s that would name another user or server are left out', () => {
      const { app, delegate } = inShell(shell);
      const stolen = { AuthToken: 'x', AUTHORIZATION: 'x', Cookie: 'x', host: 'x' };
      delegate.sendRequestToPServer({ ...stolen, ...HEADERS }, BODY, 'r1');
      delegate.sendRequestToPServer(stolen, BODY, 'r2');

      expect(app.calls.map(({ requestHeaders }) => requestHeaders)).toEqual([HEADERS, undefined]);
      expect(JSON.stringify(app.posted)).not.toMatch(/authtoken|authorization|cookie|host/i);
    });

    it('a body that cannot be written as JSON fails as such, and is not posted', async () => {
      const { app, delegate, events, bridge } = inShell(shell);
      const cycle: Record<string, unknown> = { type: 'getInsights' };
      cycle['self'] = cycle;
      delegate.sendRequestToPServer(cycle, 'r1');
      delegate.sendRequestToPServer({ n: 1n }, 'r2');
      await turn();

      expect(app.posted).toEqual([]);
      expect(events.errors).toMatchObject(
        Array.from({ length: 2 }, () => ({ code: 'INVALID_CALL', details: { call: 'send' } })),
      );
      expect(bridge.getSnapshot().pending).toEqual([]);
    });

    it('B5 any object, in the request and in the reply, arrives unchanged', async () => {
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.json()), async (object) => {
          const { app, bridge } = inShell(shell);
          const reply = bridge.send('pserver', { ...object, type: 'x' });
          const { requestData, requestId } = app.last;
          const received = typeof requestData === 'string' ? JSON.parse(requestData) : requestData;
          bridge.handlePServerResponse(base64(object), requestId);

          expect(received).toEqual({ ...object, type: 'x' });
          expect(await reply).toEqual(JSON.parse(JSON.stringify(object)));
        }),
        { numRuns: 25 },
      );
    });
  });

  it.each<[ServerName, string]>([
    ['pserver', 'sendRequestToPServer'],
    ['enrich', 'sendRequestToEnrichServer'],
    ['ob', 'sendRequestToOBServer'],
  ])('a shell of the page’s own gets the whole request, to %s', (server, sender) => {
    const postRequest = vi.fn();
    const shell = { bridge: 'mine', isThere: () => true, postRequest, postNotice: vi.fn() };
    const { bridge } = setUpWith(nativeTransport({ shell }));
    void bridge.send(server, BODY).catch(() => undefined);

    expect(postRequest.mock.calls).toEqual([
      [
        {
          sender,
          requestData: BODY,
          requestId: expect.stringMatching(/^\d{10}$/),
          requestHeaders: undefined,
        },
      ],
    ]);
    expect(postRequest.mock.contexts).toEqual([shell]);
  });
});

/** As Chromium finds Java functions: by name and number of arguments. */
function java(functions: Readonly<Record<string, readonly number[]>>) {
  const ran: string[][] = [];
  const entries = Object.entries(functions).map(([name, arities]) => [
    name,
    (...args: string[]) => {
      if (!arities.includes(args.length)) throw new Error(`Error invoking ${name}: Method not found`);
      ran.push([name, ...args]);
    },
  ]);
  vi.stubGlobal('PersoneticsAndroid', Object.fromEntries(entries));
  return ran;
}

describe('android: a Java function is called with as many arguments as it has parameters', () => {
  it('so that native code that knows no headers gets the published call', async () => {
    const ran = java({ sendRequestToPServer: [2] });
    const { delegate, events } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(HEADERS, BODY, 'r1');
    await turn();

    expect(ran).toEqual([['sendRequestToPServer', JSON.stringify(BODY), expect.any(String)]]);
    expect(events.errors).toEqual([]);
  });

  it('and gets a call once, if it throws for another reason', async () => {
    const send = vi.fn(() => {
      throw new Error('Java exception was raised during method invocation');
    });
    vi.stubGlobal('PersoneticsAndroid', { sendRequestToPServer: send });
    const { delegate, events } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(HEADERS, BODY, 'r1');
    await turn();

    expect(send).toHaveBeenCalledOnce();
    expect(events.codes).toEqual(['NETWORK']);
  });

  it('and a notice with an id or without', () => {
    const ran = java({
      sendRequestToPServer: [2],
      sessionEnded: [1],
      sessionError: [2],
      navigateToPage: [2],
    });
    const { delegate } = setUpWith(nativeTransport());
    delegate.sessionEnded({ widgetType: 'inbox' });
    delegate.sessionError('{}');
    delegate.navigateToPage({ requestString: 'navigateToPage' });

    expect(ran).toEqual([
      ['sessionEnded', '{"requestString":"sessionEnded","widgetType":"inbox"}'],
      ['sessionError', '{"requestString":"sessionError","data":"{}"}', ''],
      ['navigateToPage', '{"requestString":"navigateToPage"}', ''],
    ]);
  });

  it('N1 where both exist, with two only for sessionEnded and sessionError, as published', () => {
    const names = ['sessionEnded', 'sessionError', 'sessionStarted', 'sessionKeptAlive', 'registered'];
    const both = Object.fromEntries(names.map((name) => [name, [1, 2]]));
    const ran = java({ sendRequestToPServer: [2], ...both });
    const { delegate } = setUpWith(nativeTransport());
    for (const requestString of names) delegate.sendRequestToPServer(null, { requestString });

    expect(ran.map(([name, ...args]) => [name, args.length])).toEqual([
      ['sessionEnded', 2],
      ['sessionError', 2],
      ['sessionStarted', 1],
      ['sessionKeptAlive', 1],
      ['registered', 1],
    ]);
  });

  it('without a function of that name, a request fails at once, and a notice is dropped', async () => {
    const ran = java({ sendRequestToPServer: [2] });
    const { delegate, events } = setUpWith(nativeTransport());
    delegate.sendRequestToOBServer(BODY, 'r1');
    delegate.sessionEnded();
    await turn();

    expect(ran).toEqual([]);
    expect(events.errors).toMatchObject([
      {
        code: 'NO_CHANNEL',
        message: expect.stringContaining('window.PersoneticsAndroid has no sendRequestToOBServer'),
        details: { requestId: 'r1', server: 'ob', type: 'getInsights' },
      },
    ]);
    expect(reported).toEqual([]);
  });
});
