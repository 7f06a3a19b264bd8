import { describe, expect, it, vi } from 'vitest';
import { isBanksideError, type NativeShell, nativeTransport } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { postable, shellNames, standIn } from '../fixtures/native-app.ts';

const { setUpWith, reported } = bridgeTests();

const BODY = { type: 'getInsights' };

describe('the shell that the page is in', () => {
  it.each(shellNames)('is found when something is sent, and not before: %s', (shell) => {
    const { delegate } = setUpWith(nativeTransport());
    const app = standIn(shell);
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(app.calls).toHaveLength(1);
  });

  it('is looked for again for each message', () => {
    const { delegate } = setUpWith(nativeTransport());
    const android = standIn('android');
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.unstubAllGlobals();
    const ios = standIn('ios');
    delegate.sendRequestToPServer(BODY, 'r2');

    expect([android.calls.length, ios.calls.length]).toEqual([1, 1]);
  });

  it('is the one that carries the widget’s name, where there are others', () => {
    const { delegate } = setUpWith(nativeTransport());
    const [ios, native, flutter] = [standIn('ios'), standIn('react-native'), standIn('flutter')];
    delegate.sendRequestToPServer(BODY, 'r1');

    expect([ios, native, flutter].map(({ calls }) => calls.length)).toEqual([1, 0, 0]);
  });

  it('is the one that was named, even where another is there', () => {
    const { delegate } = setUpWith(nativeTransport({ shell: 'react-native' }));
    const [ios, native] = [standIn('ios'), standIn('react-native')];
    delegate.sendRequestToPServer(BODY, 'r1');

    expect([ios, native].map(({ calls }) => calls.length)).toEqual([0, 1]);
  });
});

describe('a shell that comes late', () => {
  it.each(shellNames)('gets what waits for it, in order, notices too: %s', async (shell) => {
    const { bridge, delegate, widget, transport } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    delegate.navigateToPage({ page: 'insights' });
    delegate.sendRequestToEnrichServer(BODY, 'r2');
    vi.advanceTimersByTime(4_900);
    const app = standIn(shell);
    delegate.sendRequestToOBServer(BODY, 'r3');

    expect(app.posted.map((args) => /sendRequestTo\w+|navigateToPage/.exec(`${args}`)?.[0])).toEqual([
      'sendRequestToPServer',
      'navigateToPage',
      'sendRequestToEnrichServer',
      'sendRequestToOBServer',
    ]);
    for (const { requestId } of app.calls) bridge.handlePServerResponse({ to: requestId }, requestId);
    await turn();
    expect(widget.replies.map(([, id]) => id)).toEqual(['r1', 'r2', 'r3']);
    transport.dispose();
  });

  it('is noticed within 50 ms', () => {
    const { delegate } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(1_234);
    const app = standIn('ios');
    vi.advanceTimersByTime(50);

    expect(app.calls).toHaveLength(1);
  });

  it('B5 gets the body as it was when it was sent', () => {
    const { delegate } = setUpWith(nativeTransport());
    const body = { type: 'getInsights', deep: { n: 1 } };
    delegate.sendRequestToPServer(body, 'r1');
    body.deep.n = 2;
    const app = standIn('ios');
    vi.advanceTimersByTime(50);

    expect(app.last.requestData).toEqual({ type: 'getInsights', deep: { n: 1 } });
  });

  it('does not get what was aborted meanwhile', async () => {
    const { bridge, delegate, events } = setUpWith(nativeTransport(), { timeout: 1_000 });
    const leaver = new AbortController();
    const sending = bridge.send('pserver', BODY, { signal: leaver.signal });
    const rejected = expect(sending).rejects.toMatchObject({ code: 'ABORTED' });
    delegate.sendRequestToPServer(BODY, 'r1');
    leaver.abort();
    await rejected;
    vi.advanceTimersByTime(1_000);
    await turn();
    const app = standIn('ios');
    vi.advanceTimersByTime(10_000);

    expect(events.codes).toEqual(['ABORTED', 'TIMEOUT']);
    expect(app.posted).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('no shell', () => {
  it('fails a request after 5 s, and says what was looked for', async () => {
    const { delegate, events, widget } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(4_999);
    await turn();
    expect(widget.replies).toEqual([]);
    vi.advanceTimersByTime(1);
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
    expect(events.errors).toMatchObject([
      {
        code: 'NO_CHANNEL',
        details: { requestId: 'r1', server: 'pserver', type: 'getInsights', elapsed: 5_000 },
      },
    ]);
    for (const part of [
      '5000 ms',
      'window.webkit.messageHandlers.personeticsApple',
      'window.PersoneticsAndroid',
      'window.ReactNativeWebView',
      'window.PersoneticsFlutter or window.flutter_inappwebview',
    ]) {
      expect(events.errors[0]?.message).toContain(part);
    }
  });

  it.each([
    [{ readyTimeout: 1 }, 1],
    [{ readyTimeout: 130 }, 130],
    [{ readyTimeout: 20_000, shell: 'ios' }, 20_000],
  ] as const)('%o: after that time', async (options, time) => {
    const { delegate, events } = setUpWith(nativeTransport(options));
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(time - 1);
    await turn();
    expect(events.codes).toEqual([]);
    vi.advanceTimersByTime(1);
    await turn();

    expect(events.codes).toEqual(['NO_CHANNEL']);
    expect(events.errors[0]?.message.includes('Android')).toBe(!('shell' in options));
  });

  it('fails a request at once where it is not to wait', async () => {
    const { delegate, widget } = setUpWith(nativeTransport({ readyTimeout: 0 }));
    delegate.sendRequestToPServer(BODY, 'r1');
    expect(vi.getTimerCount()).toBe(1); // the request's own timeout
    await turn();

    expect(widget.replies).toEqual([[FAILURE, 'r1']]);
  });

  it('each request waits its own time', async () => {
    const { delegate, events } = setUpWith(nativeTransport({ readyTimeout: 100 }));
    delegate.sendRequestToPServer(BODY, 'r1');
    vi.advanceTimersByTime(60);
    delegate.sendRequestToPServer(BODY, 'r2');
    vi.advanceTimersByTime(40);
    await turn();
    expect(events.of('failure').map(({ request }) => request?.requestId)).toEqual(['r1']);
    vi.advanceTimersByTime(60);
    await turn();

    expect(events.of('failure').map(({ request }) => request?.requestId)).toEqual(['r1', 'r2']);
  });

  it('a notice that reaches nobody is reported where the page’s uncaught errors are', () => {
    const { delegate } = setUpWith(nativeTransport());
    delegate.sessionEnded();
    vi.advanceTimersByTime(5_000);

    expect(reported.splice(0)).toMatchObject([
      { code: 'NO_CHANNEL', message: expect.stringContaining('(sessionEnded)') },
    ]);
  });
});

describe('B8 of the notices that wait for a native side', () => {
  it('B8 the newest 1,000 are kept, and each request', () => {
    const { delegate } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');
    for (let n = 0; n < 1_500; n += 1)
      delegate.handlePersoEvent({ requestString: 'other', requestData: { n } });
    const app = standIn('react-native');
    vi.advanceTimersByTime(50);

    expect(app.calls).toHaveLength(1);
    expect(app.notices).toHaveLength(1_000);
    expect(JSON.stringify(app.notices[0])).toContain('500');
    expect(reported).toEqual([]);
  });

  it('B8 those that have gone count no more', () => {
    const { delegate } = setUpWith(nativeTransport());
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 600; n += 1)
        delegate.handlePersoEvent({ requestString: 'other', requestData: { n } });
      vi.advanceTimersByTime(5_000);
    }

    expect(reported.splice(0)).toHaveLength(1_800);
  });
});

describe('a window with odd things on it has no shell there', () => {
  const throwing = (name: string): object =>
    Object.defineProperty({}, name, {
      get() {
        throw new Error('odd');
      },
    });

  it.each<[string, string, unknown]>([
    ['null', 'webkit', null],
    ['no handlers', 'webkit', {}],
    ['null as handlers', 'webkit', { messageHandlers: null }],
    ['another handler', 'webkit', { messageHandlers: { other: postable(() => undefined) } }],
    ['null as handler', 'webkit', { messageHandlers: { personeticsApple: null } }],
    ['handlers that throw', 'webkit', throwing('messageHandlers')],
    ['a handler that throws', 'webkit', { messageHandlers: throwing('personeticsApple') }],
    ['a handler that does not post', 'webkit', { messageHandlers: { personeticsApple: { postMessage: 1 } } }],
    ['a string', 'PersoneticsAndroid', 'PersoneticsAndroid'],
    ['an element of that id', 'PersoneticsAndroid', { tagName: 'DIV', remove: () => undefined }],
    ['functions that throw', 'PersoneticsAndroid', throwing('sendRequestToPServer')],
    ['nothing that posts', 'ReactNativeWebView', {}],
    ['a function without more', 'PersoneticsFlutter', () => undefined],
    ['a platform that is not ready', 'flutter_inappwebview', { _callHandler: () => undefined }],
  ])('%s', async (_what, name, value) => {
    vi.stubGlobal(name, value);
    const { delegate, events } = setUpWith(nativeTransport({ readyTimeout: 0 }));
    delegate.sendRequestToPServer(BODY, 'r1');
    await turn();

    expect(events.codes).toEqual(['NO_CHANNEL']);
  });

  it('but a frozen one is as good as any, and nothing is written to it', () => {
    const post = vi.fn();
    const handler = Object.freeze({ postMessage: post });
    const handlers = Object.freeze(Object.assign(Object.create(null), { personeticsApple: handler }));
    vi.stubGlobal('webkit', Object.freeze({ messageHandlers: handlers }));
    const { delegate } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(BODY, 'r1');

    expect(post).toHaveBeenCalledOnce();
  });

  it('a shell of the page’s own whose isThere throws, or says something else than true', async () => {
    const post = vi.fn();
    const shell = { bridge: 'mine', isThere: () => 'yes', postRequest: post, postNotice: post };
    const { delegate, events } = setUpWith(
      nativeTransport({ shell: shell as unknown as NativeShell, readyTimeout: 0 }),
    );
    delegate.sendRequestToPServer(BODY, 'r1');
    shell.isThere = () => {
      throw new Error('odd');
    };
    delegate.sendRequestToPServer(BODY, 'r2');
    await turn();

    expect(events.codes).toEqual(['NO_CHANNEL', 'NO_CHANNEL']);
    expect(post).not.toHaveBeenCalled();
  });
});

it('S2 on a server, a transport can be made, and fails what is sent', async () => {
  expect(typeof document).toBe('undefined');
  const transport = nativeTransport();
  const request = { requestId: '1', server: 'pserver', type: undefined, body: {}, headers: {} } as const;
  const sending = transport.send(request, { signal: new AbortController().signal, deadline: Infinity });
  const failed = expect(sending).rejects.toSatisfy((error) => isBanksideError(error, 'NO_CHANNEL'));
  vi.advanceTimersByTime(5_000);

  await failed;
});
