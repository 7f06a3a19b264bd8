import { describe, expect, it, vi } from 'vitest';
import type { WebViewHostOptions } from '../../src/webview-host.ts';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';
import { SimulatedWebView } from './fixtures/simulated-web-view.ts';

const { setUp } = hostTests();

const BANK = 'https://bank.example';
const OTHER = 'https://other.example';

/** A host of a WebView whose first page has been there for a while. */
function show(options?: Partial<WebViewHostOptions>) {
  const webView = new SimulatedWebView(BANK);
  const parts = setUp({ inject: webView.injectJavaScript, reply: 'json', ...options });
  webView.onMessage = parts.host.onMessage;
  vi.advanceTimersByTime(1_000);
  return { ...parts, webView, first: webView.shown };
}

/** The old page asks once more after a navigation has begun, and then the next page comes. */
function askLate({ host, webView }: ReturnType<typeof show>, origin: string, withReset = true) {
  const commit = webView.navigate(origin);
  if (withReset) host.reset();
  vi.advanceTimersByTime(20);
  webView.ask('1');
  vi.advanceTimersByTime(20);
  const next = commit();
  vi.advanceTimersByTime(20);
  return next;
}

it('S0 the app’s function is called without an object of the host as `this`', async () => {
  const owners: unknown[] = [];
  const { host, transport } = setUp({
    inject: function (this: unknown) {
      owners.push(this);
    },
  });
  host.onMessage(JSON.stringify({ requestString: 'sendRequestToPServer', requestData: {}, requestId: '1' }));
  transport.last.answer({ ok: true });
  await turn();

  expect(owners).toEqual([undefined]);
});

describe.each([
  ['of the same origin', BANK],
  ['of another origin', OTHER],
])(
  'B1 what a page asks between the start of a navigation and its commit, to a page %s,',
  (_which, origin) => {
    it.each([true, false])('is not answered in the page that comes: with reset %s', async (withReset) => {
      const parts = show();
      const next = askLate(parts, origin, withReset);
      parts.transport.last.answer({ of: 'the former page' });
      await turn();

      expect(next.got).toEqual([]);
    });

    it('is not answered there with a failure either', async () => {
      const parts = show({ timeout: 100 });
      const next = askLate(parts, origin);
      vi.advanceTimersByTime(100);
      await turn();

      expect(parts.errors()).toMatchObject([{ code: 'TIMEOUT' }]);
      expect(next.got).toEqual([]);
    });

    it('is not answered there in pieces either, which leave nothing', async () => {
      const parts = show({ pieceSize: 7 });
      const next = askLate(parts, origin);
      parts.transport.last.answer({ of: 'the former page' });
      await turn();

      expect(parts.webView.scripts.length).toBeGreaterThan(3);
      expect(next.got).toEqual([]);
      expect(next.window).not.toHaveProperty('banksideReplies');
    });

    it.each(['getInsights', 'getTeaser'])(
      'takes nothing from its request under the same id: %s',
      async (type) => {
        const parts = show();
        const next = askLate(parts, origin);
        parts.webView.ask('1', type);
        for (const { request, answer } of parts.transport.sent) answer({ of: request.type });
        await turn();

        expect(next.got).toEqual([[{ of: type }, '1']]);
      },
    );

    it('is answered where the other page did not come', async () => {
      const { host, webView, transport, first } = show();
      webView.navigate(origin);
      host.reset();
      vi.advanceTimersByTime(20);
      webView.ask('1');
      vi.advanceTimersByTime(20);
      transport.last.answer({ of: 'this page' });
      await turn();

      expect(first.got).toEqual([[{ of: 'this page' }, '1']]);
    });

    it('is not answered in it by a WebView that came with the call', async () => {
      const { host, transport } = show();
      const webView = new SimulatedWebView();
      vi.advanceTimersByTime(20);
      const commit = webView.navigate(origin);
      host.sendRequestToPServer(webView, { type: 'getInsights', requestId: '1' });
      vi.advanceTimersByTime(20);
      const next = commit();
      transport.last.answer({ of: 'the former page' });
      await turn();

      expect(webView.scripts).toHaveLength(1);
      expect(next.got).toEqual([]);
    });
  },
);

describe('B1 pages of two origins', () => {
  it.each(['getInsights', 'getTeaser'])('do not share a request, even under one id: %s', async (type) => {
    const { webView, transport, failures } = show();
    webView.ask('1');
    vi.advanceTimersByTime(20);
    const next = webView.navigate(OTHER)();
    webView.ask('1', type);

    expect(transport.sent).toHaveLength(2);
    transport.sent[1]?.answer({ of: 'this page' });
    transport.sent[0]?.answer({ of: 'the former page' });
    await turn();
    expect(next.got).toEqual([[{ of: 'this page' }, '1']]);
    expect(failures).toEqual([]);
  });

  it('B8 are as many as eight at a time: what those before have asked is given up', async () => {
    const { webView, transport, errors } = show();
    for (let number = 0; number < 10; number += 1) {
      vi.advanceTimersByTime(20);
      webView.navigate(`https://${number}.example`)();
      webView.ask('1');
    }
    await turn();

    expect(transport.sent.map(({ context }) => context.signal.aborted)).toEqual([
      true,
      true,
      ...new Array(8).fill(false),
    ]);
    expect(errors().map(({ code }) => code)).toEqual(['ABORTED', 'ABORTED']);
  });
});

it('B9 pages of many origins that ask after dispose are answered, and nothing is sent', async () => {
  const { host, webView, transport } = show();
  host.dispose();
  for (let number = 0; number < 10; number += 1) {
    vi.advanceTimersByTime(20);
    const page = webView.navigate(`https://${number}.example`)();
    webView.ask('1');
    await turn();
    expect(page.got).toEqual([[FAILURE, '1']]);
  }
  expect(transport.sent).toEqual([]);
});

describe('S4 with origins, a reply', () => {
  const origins = [BANK];

  it('is not run by a page of another origin, whatever that says of its age', async () => {
    const parts = show({ origins });
    const next = askLate(parts, OTHER);
    next.window['performance'] = { timeOrigin: 0, timing: { domLoading: 0 }, now: () => 0 };
    parts.transport.last.answer({ of: 'the former page' });
    await turn();

    expect(next.got).toEqual([]);
  });

  it.each([64, 7])(
    'reaches nothing that a page of another origin has replaced: pieces of %d',
    async (pieceSize) => {
      const parts = show({ origins, pieceSize });
      const next = askLate(parts, OTHER);
      const seen: string[] = [];
      next.window['seen'] = (text: string) => seen.push(text);
      next.run(HOSTILE);
      parts.transport.last.answer({ secret: 'balance' });
      await turn();

      expect(seen).toEqual([]);
    },
  );

  it('would reach the same things in the page that asked', async () => {
    const { webView, transport, first } = show({ origins });
    webView.ask('1');
    const seen: string[] = [];
    first.window['seen'] = (text: string) => seen.push(text);
    first.run(HOSTILE);
    transport.last.answer({ secret: 'balance' });
    await turn();

    expect(seen.join()).toContain('balance');
  });

  it.each([
    'https://bank.example:8443',
    'http://[::1]:3000',
    'file://',
    'capacitor://localhost',
    'app://Home',
  ])('is run by a page of the origin that asked: %s', async (origin) => {
    const { webView, transport } = show({ origins: [origin] });
    const page = webView.navigate(origin)();
    webView.ask('1');
    transport.last.answer({ ok: true });
    await turn();

    expect(page.got).toEqual([[{ ok: true }, '1']]);
  });

  it.each([
    ['app://Home', 'app://Homes'],
    ['app://Home', 'app://Hom'],
    ['capacitor://localhost', 'http://localhost'],
    ['https://bank.example', 'https://bank.example:8443'],
    ['https://bank.example', 'http://bank.example'],
  ])('that a page of %s has asked is not run by one of %s', async (origin, another) => {
    const { webView, transport } = show({ origins: [origin] });
    const old = webView.navigate(origin)();
    const next = webView.navigate(another);
    webView.ask('1');
    // Of the same age, as far as it says.
    const page = next();
    page.window['performance'] = old.window['performance'];
    page.run("for (var i = 0; i < 40; i++) String.prototype[i] = 'app://Home'[i] || '/'");
    transport.last.answer({ ok: true });
    await turn();

    expect(page.got).toEqual([]);
  });
});

/** A page that listens wherever a script could pass a string to it: it records all arguments, and the code of all callers. */
const HOSTILE = `
  function tell() {
    for (var i = 0; i < arguments.length; i++) try { seen(String(arguments[i])); } catch (e) {}
    try { for (var f = tell.caller, n = 0; f && n < 9; n++, f = f.caller) seen(f.toString()); } catch (e) {}
  }
  var replaced = [];
  [String.prototype, Array.prototype, Object.prototype, Function.prototype, Number.prototype].forEach(function (object) {
    Object.getOwnPropertyNames(object).forEach(function (name) {
      var own = Object.getOwnPropertyDescriptor(object, name).value;
      if (typeof own !== 'function' || /constructor|toString|^call$|^apply$/.test(name)) return;
      replaced.push([object, name, function () { tell(this, arguments[0], arguments[1]); return own.apply(this, arguments); }]);
    });
  });
  for (var i = 0; i < replaced.length; i++) replaced[i][0][replaced[i][1]] = replaced[i][2];
  personetics.handlePServerResponse = tell;
  var names = ['JSON', 'Math', 'Date', 'performance', 'btoa', 'setTimeout', 'personetics', 'banksideReplies'];
  for (var n = 0; n < names.length; n++) (function (own) {
    Object.defineProperty(window, names[n], { get: function () { tell(); return own; }, set: function (value) { own = value; tell(value); } });
  })(window[names[n]]);
`;

describe('B1 a page answers for its own requests, whatever its clock', () => {
  const HOUR = 3_600_000;

  it.each([-HOUR, HOUR])('where that was set by %d ms before it asked', async (step) => {
    const { webView, transport, first } = show();
    vi.setSystemTime(Date.now() + step);
    webView.ask('1');
    vi.advanceTimersByTime(20);
    transport.last.answer({ ok: true });
    await turn();

    expect(first.got).toEqual([[{ ok: true }, '1']]);
  });

  it.each([-HOUR, HOUR])('where that was set by %d ms after it asked', async (step) => {
    const { webView, transport, first } = show();
    webView.ask('1');
    vi.setSystemTime(Date.now() + step);
    vi.advanceTimersByTime(20);
    transport.last.answer({ ok: true });
    await turn();

    expect(first.got).toEqual([[{ ok: true }, '1']]);
  });

  it('and where it asks in the moment in which it begins', async () => {
    const { webView, transport } = show();
    const page = webView.navigate(BANK)();
    page.window['performance'] = {
      timeOrigin: Date.now() + 0.9,
      now: () => 0,
    };
    webView.ask('1');
    transport.last.answer({ ok: true });
    await turn();

    expect(page.got).toEqual([[{ ok: true }, '1']]);
  });

  it.each<[string, unknown]>([
    ['none', undefined],
    ['one that says nothing', {}],
    ['one that says zero', { timeOrigin: 0, timing: { domLoading: 0 }, now: () => 0 }],
    [
      'one that throws',
      {
        get timeOrigin(): number {
          throw new Error('none');
        },
      },
    ],
  ])('and where it has %s', async (_what, clock) => {
    const { webView, transport, first } = show();
    first.window['performance'] = clock;
    webView.ask('1');
    transport.last.answer({ ok: true });
    await turn();

    expect(first.got).toEqual([[{ ok: true }, '1']]);
  });

  it.each<[string, (clock: { timeOrigin?: number; timing?: object }) => void]>([
    ['when its navigation began', (clock) => delete clock.timing],
    ['when its document began', (clock) => delete clock.timeOrigin],
  ])('but a page that came later does not, where it knows alone %s', async (_what, change) => {
    const { webView, transport } = show();
    webView.ask('1');
    vi.advanceTimersByTime(20);
    const next = webView.navigate(BANK)();
    change(next.window['performance'] as object);
    transport.last.answer({ of: 'the former page' });
    await turn();

    expect(next.got).toEqual([]);
  });
});

describe('B7 an ask that cannot be understood, under an id that is pending,', () => {
  const bad = JSON.stringify({ requestString: 'sendRequestToPServer', requestId: '1' });
  const from = (origin: string) => ({ nativeEvent: { data: bad, url: `${origin}/` } });

  it('leaves the reply to the request, in the page that asked both', async () => {
    const { host, webView, transport, first } = show();
    webView.ask('1');
    vi.advanceTimersByTime(20);
    host.onMessage(from(BANK));
    await turn();
    transport.last.answer({ ok: true });
    await turn();

    expect(first.got).toEqual([[{ ok: true }, '1']]);
  });

  it('is answered in a page that has come since, without the reply to the request of the other', async () => {
    const parts = show();
    const next = askLate(parts, BANK);
    parts.host.onMessage(from(BANK));
    await turn();
    parts.transport.last.answer({ of: 'the former page' });
    await turn();

    expect(next.got).toEqual([[FAILURE, '1']]);
  });
});
