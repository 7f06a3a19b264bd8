import { describe, expect, it, vi } from 'vitest';
import { type NativeShell, nativeTransport } from '../../../src/index.ts';
import type { FlutterChannels } from '../../../src/transport/native/flutter-channels.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { standInWithChannels } from '../fixtures/channel-app.ts';
import { base64 } from '../fixtures/native-app.ts';

const { setUpWith, reported } = bridgeTests();

const FIRST = { type: 'getInsights', n: 1 };
const SECOND = { type: 'getInsightDetails', n: 2 };
const THIRD = { type: 'getInsightRating', n: 3 };

const bodies = (calls: readonly { readonly body: string }[]): unknown[] =>
  calls.map(({ body }) => JSON.parse(body));

/** A page in the shipped app, and its function that the app answers through. */
function inApp(channel: FlutterChannels = {}, options = {}) {
  const transport = nativeTransport({ shell: 'flutter', channel });
  const parts = setUpWith(transport, options);
  const homeApp = { showResponse: parts.bridge.handlePServerResponse };
  return { ...parts, homeApp };
}

describe('a Flutter app with two channels', () => {
  it('N1 gets the body as JSON text, and then the id, ten digits; it answers by a function of the page', async () => {
    const app = standInWithChannels();
    const { delegate, homeApp, widget, events } = inApp();
    delegate.sendRequestToPServer({ 'X-Channel': 'app' }, FIRST, 'w-1');

    expect(app.posted).toEqual([
      ['PassInsightInfo', JSON.stringify(FIRST)],
      ['sendRequestId', expect.stringMatching(/^\d{10}$/)],
    ]);
    expect(homeApp.showResponse(base64({ ok: true, text: 'ż🏦' }), app.last.requestId)).toBe(true);
    await turn();
    expect(widget.replies).toEqual([[{ ok: true, text: 'ż🏦' }, 'w-1']]);
    expect(events.milestones).toEqual(['request', 'reply']);
  });

  it('T1 gets no header of the widget, and all are reported', () => {
    const app = standInWithChannels();
    const { delegate, events } = inApp();
    for (const id of ['w-1', 'w-2'])
      delegate.sendRequestToPServer({ accept: 'a/b', authToken: 'x' }, FIRST, id);

    expect(JSON.stringify(app.posted)).not.toContain('a/b');
    expect(events.of('droppedHeaders').map(({ names }) => names)).toEqual([['accept', 'authToken']]);
  });

  it('B5 gets a body that is text as that text', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, '{ "type": "getInsights",  "n": 1.0 }', 'w-1');

    expect(app.last.body).toBe('{ "type": "getInsights",  "n": 1.0 }');
  });

  it('gets them under the names that are given, and the others by default', () => {
    const app = standInWithChannels({ names: ['bankBody', 'sendRequestId'] });
    const { delegate } = inApp({ body: 'bankBody' });
    delegate.sendRequestToPServer(null, FIRST, 'w-1');

    expect(bodies(app.calls)).toEqual([FIRST]);
  });

  it('is found without being named, where no other shell is there', () => {
    const app = standInWithChannels();
    const { delegate } = setUpWith(nativeTransport({ channel: {} }));
    delegate.sendRequestToPServer(null, FIRST, 'w-1');

    expect(bodies(app.calls)).toEqual([FIRST]);
  });

  it('is found when it comes late, and gets all in order', async () => {
    const { delegate, homeApp } = inApp();
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.sendRequestToPServer(null, SECOND, 'w-2');
    vi.advanceTimersByTime(1_000);
    const app = standInWithChannels();
    vi.advanceTimersByTime(50);
    homeApp.showResponse(base64({ ok: true }), app.last.requestId);
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, SECOND]);
  });

  it.each(['PassInsightInfo', 'sendRequestId'])(
    'is none without %s: each request fails in its time',
    async (name) => {
      standInWithChannels();
      vi.stubGlobal(name, undefined);
      const { delegate, events, widget } = inApp();
      delegate.sendRequestToPServer(null, FIRST, 'w-1');
      delegate.sendRequestToPServer(null, SECOND, 'w-2');
      vi.advanceTimersByTime(5_000);
      await turn();

      expect(events.codes).toEqual(['NO_CHANNEL', 'NO_CHANNEL']);
      expect(events.errors[0]?.message).toContain('window.PassInsightInfo with window.sendRequestId');
      expect(widget.replies).toEqual([
        [FAILURE, 'w-1'],
        [FAILURE, 'w-2'],
      ]);
    },
  );

  it.each(['sendRequestToEnrichServer', 'sendRequestToOBServer'] as const)(
    'cannot carry %s, whose name has no place: told at once, also while another request waits for its answer',
    async (sender) => {
      const app = standInWithChannels();
      const { delegate, events } = inApp();
      delegate.sendRequestToPServer(null, FIRST, 'w-1');
      delegate[sender](null, SECOND, 'w-2');
      await turn();

      expect(bodies(app.calls)).toEqual([FIRST]);
      expect(events.errors).toMatchObject([
        { code: 'NO_CHANNEL', message: expect.stringContaining(`has no ${sender}`) },
      ]);
    },
  );

  it('writes no global, and leaves out the notices that it has no place for', () => {
    const app = standInWithChannels();
    const before = Object.getOwnPropertyNames(globalThis);
    const { delegate } = inApp();
    delegate.widgetEvent({}, { eventType: 'teaserClick' });
    delegate.sessionEnded({ widgetType: 'inbox' });
    delegate.sessionError({ status: '404' });

    expect(app.posted).toEqual([]);
    expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
  });
});

describe('N2 two requests at once over two channels: one at a time, in order', () => {
  it('N2 B1 the next is posted when the one before is answered, and each gets its own answer', async () => {
    const app = standInWithChannels();
    const { delegate, homeApp, widget } = inApp();
    for (const [n, body] of [FIRST, SECOND, THIRD].entries())
      delegate.sendRequestToPServer(null, body, `w-${n}`);
    const posted: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      posted.push(bodies(app.calls));
      homeApp.showResponse(base64({ ok: true, to: JSON.parse(app.last.body) }), app.last.requestId);
      await turn();
    }

    expect(posted).toEqual([[FIRST], [FIRST, SECOND], [FIRST, SECOND, THIRD]]);
    expect(widget.replies).toEqual([
      [{ ok: true, to: FIRST }, 'w-0'],
      [{ ok: true, to: SECOND }, 'w-1'],
      [{ ok: true, to: THIRD }, 'w-2'],
    ]);
  });

  it('N2 B1 an app that answers while it gets the id', async () => {
    const { delegate, homeApp, widget } = inApp();
    standInWithChannels({
      onCall: ({ body, requestId }) => homeApp.showResponse({ ok: true, to: JSON.parse(body) }, requestId),
    });
    for (const [n, body] of [FIRST, SECOND, THIRD].entries())
      delegate.sendRequestToPServer(null, body, `w-${n}`);
    await turn();

    expect(widget.replies.map(([reply]) => (reply as { to: unknown }).to)).toEqual([FIRST, SECOND, THIRD]);
  });

  it('N2 B10 all widgets, bridges and transports of the page wait for each other', async () => {
    const app = standInWithChannels();
    const [one, other] = [inApp(), inApp()];
    one.delegate.sendRequestToPServer(null, FIRST, 'w-1');
    other.delegate.sendRequestToPServer(null, SECOND, 'w-1');
    expect(bodies(app.calls)).toEqual([FIRST]);
    one.homeApp.showResponse({ ok: true, n: 1 }, app.last.requestId);
    await turn();
    one.homeApp.showResponse({ ok: true, n: 2 }, app.last.requestId);
    await turn();

    expect([...one.widget.replies, ...other.widget.replies]).toEqual([
      [{ ok: true, n: 1 }, 'w-1'],
      [{ ok: true, n: 2 }, 'w-1'],
    ]);
  });

  it('N2 B6 a request that is never answered gives way at its timeout; its late answer is an orphan', async () => {
    const app = standInWithChannels();
    const { bridge, homeApp, events } = inApp();
    const first = bridge.send('pserver', FIRST, { timeout: 1_000 });
    const failed = expect(first).rejects.toMatchObject({ code: 'TIMEOUT' });
    const second = bridge.send('pserver', SECOND);
    const { requestId } = app.last;
    vi.advanceTimersByTime(1_000);
    await failed;
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, SECOND]);
    expect(homeApp.showResponse({ late: true }, requestId)).toBe(false);
    homeApp.showResponse({ ok: true }, app.last.requestId);
    await expect(second).resolves.toEqual({ ok: true });
    expect(events.of('orphan')).toMatchObject([{ requestId }]);
  });

  it('N2 B6 a request that waits for its turn times out too, and is never posted', async () => {
    const app = standInWithChannels();
    const { delegate, homeApp, events, widget } = inApp({}, { timeout: 1_000 });
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    vi.advanceTimersByTime(500);
    delegate.sendRequestToPServer(null, SECOND, 'w-2');
    const { requestId } = app.last;
    vi.advanceTimersByTime(499);
    homeApp.showResponse({ ok: true }, requestId);
    delegate.sendRequestToPServer(null, THIRD, 'w-3');
    await turn();
    expect(bodies(app.calls)).toEqual([FIRST, SECOND]);
    vi.advanceTimersByTime(1_000);
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, SECOND]);
    expect(events.codes).toEqual(['TIMEOUT', 'TIMEOUT']);
    expect(widget.replies).toEqual([
      [{ ok: true }, 'w-1'],
      [FAILURE, 'w-2'],
      [FAILURE, 'w-3'],
    ]);
  });

  it.each(['first', 'second'] as const)('N2 B9 an abort of the %s lets the others go on', async (which) => {
    const app = standInWithChannels();
    const { bridge, homeApp } = inApp();
    const leaver = new AbortController();
    const given = { first: which === 'first', second: which === 'second' };
    const signalOf = (name: 'first' | 'second') => (given[name] ? { signal: leaver.signal } : {});
    const first = bridge.send('pserver', FIRST, signalOf('first'));
    const second = bridge.send('pserver', SECOND, signalOf('second'));
    const third = bridge.send('pserver', THIRD);
    const [left, stays] = which === 'first' ? [first, second] : [second, first];
    const aborted = expect(left).rejects.toMatchObject({ code: 'ABORTED' });
    leaver.abort();
    await aborted;
    await turn();
    homeApp.showResponse({ ok: true }, app.last.requestId);
    await expect(stays).resolves.toEqual({ ok: true });
    await turn();
    homeApp.showResponse({ ok: true }, app.last.requestId);

    await expect(third).resolves.toEqual({ ok: true });
    expect(bodies(app.calls)).toEqual(which === 'first' ? [FIRST, SECOND, THIRD] : [FIRST, THIRD]);
  });

  it('N2 a request that the app refuses gives way, and so does one that cannot be written', async () => {
    let refusals = 1;
    const app = standInWithChannels({
      onCall() {
        if (refusals-- > 0) throw new Error('not now');
      },
    });
    const { delegate, homeApp, events } = inApp();
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.sendRequestToPServer(null, { type: 'x', n: 1n }, 'w-2');
    delegate.sendRequestToPServer(null, THIRD, 'w-3');
    await turn();
    homeApp.showResponse({ ok: true }, app.last.requestId);
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, THIRD]);
    expect(events.codes).toEqual(['NETWORK', 'INVALID_CALL']);
    expect(events.of('reply')).toHaveLength(1);
  });

  it('N2 where a channel goes, no body is left there without its id', async () => {
    const app = standInWithChannels();
    const { delegate, homeApp, events } = inApp();
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.sendRequestToPServer(null, SECOND, 'w-2');
    vi.stubGlobal('sendRequestId', undefined);
    homeApp.showResponse({ ok: true }, app.last.requestId);
    await turn();

    expect(app.posted.map(([channel]) => channel)).toEqual(['PassInsightInfo', 'sendRequestId']);
    expect(events.codes).toEqual(['NETWORK']);
  });

  it('B9 the end of a bridge posts none of what waited, and another bridge goes on', async () => {
    const app = standInWithChannels();
    const [one, other] = [inApp(), inApp()];
    one.delegate.sendRequestToPServer(null, FIRST, 'w-1');
    one.delegate.sendRequestToPServer(null, SECOND, 'w-2');
    other.delegate.sendRequestToPServer(null, THIRD, 'w-1');
    one.bridge.dispose();
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, THIRD]);
    expect(one.events.codes).toEqual(['DISPOSED', 'DISPOSED']);
    other.homeApp.showResponse({ ok: true }, app.last.requestId);
    await turn();
    expect(other.widget.replies).toEqual([[{ ok: true }, 'w-1']]);
  });

  it('B9 the end of a transport posts none of what waited', async () => {
    const app = standInWithChannels();
    const { delegate, transport, events } = inApp();
    for (const body of [FIRST, SECOND, THIRD]) delegate.sendRequestToPServer(null, body, body.type);
    transport.dispose();
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST]);
    expect(events.codes).toEqual(['DISPOSED', 'DISPOSED', 'DISPOSED']);
  });

  it('B5 what waits is posted as it was when it was asked', async () => {
    const app = standInWithChannels();
    const { delegate, homeApp } = inApp();
    const body = { type: 'getInsights', deep: { n: 1 } };
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.sendRequestToPServer(null, body, 'w-2');
    body.deep.n = 2;
    homeApp.showResponse({ ok: true }, app.last.requestId);
    await turn();

    expect(bodies(app.calls)).toEqual([FIRST, { type: 'getInsights', deep: { n: 1 } }]);
  });

  it('B8 a thousand that wait, and all fail at once', async () => {
    const app = standInWithChannels();
    const { delegate, events } = inApp();
    for (let n = 0; n < 1_000; n += 1) delegate.sendRequestToPServer(null, { type: 'getInsights', n }, n);
    vi.advanceTimersByTime(30_000);
    await turn();

    expect(app.calls).toHaveLength(1);
    expect(events.codes).toEqual(Array.from({ length: 1_000 }, () => 'TIMEOUT'));
  });

  it('N2 your own shell may ask for it too', async () => {
    const ids: string[] = [];
    const shell: NativeShell = {
      bridge: 'window.oldApp',
      isThere: () => true,
      oneAtATime: true,
      postRequest: ({ requestId }) => void ids.push(requestId),
      postNotice: vi.fn(),
    };
    const { bridge, delegate, widget } = setUpWith(nativeTransport({ shell }));
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.sendRequestToPServer(null, SECOND, 'w-2');
    expect(ids).toHaveLength(1);
    bridge.handlePServerResponse({ ok: true }, ids[0] ?? '');
    await turn();
    bridge.handlePServerResponse({ ok: true }, ids[1] ?? '');
    await turn();

    expect(widget.replies.map(([, id]) => id)).toEqual(['w-1', 'w-2']);
  });
});

describe('N1 a navigation over two channels', () => {
  const navigation = (navigateTarget: unknown) => ({
    requestString: 'navigateToPage',
    data: { navigateTarget },
  });
  const event = (type: string, value: unknown) => ({ type, eventDateTime: 'x', params: { value } });
  const report = (...eventsInfoList: unknown[]) => ({ type: 'sendEvents', eventsInfoList });
  const targets = ({ posted }: ReturnType<typeof standInWithChannels>): string[] =>
    posted.filter(([channel]) => channel === 'NavigateUser').map(([, text]) => text);

  it('N1 a notice is its target, at once, while requests wait', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, FIRST, 'w-1');
    delegate.navigateToPage(navigation('transfers'));
    delegate.widgetEvent(
      {},
      {
        requestString: 'navigateToPage',
        data: { actionType: 'externalNavigation', navigateTarget: 'cards' },
      },
    );

    expect(targets(app)).toEqual(['transfers', 'cards']);
  });

  it('N1 a report that begins with a navigation is its target, and is still sent as a request', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    const body = report(event('NavigateButton', 'transfers'), event('Presented', '1'));
    delegate.sendRequestToPServer(null, body, 'w-1');

    expect(targets(app)).toEqual(['transfers']);
    expect(bodies(app.calls)).toEqual([body]);
  });

  it('N1 as JSON text too', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, JSON.stringify(report(event('NavigateButton', 'cards'))), 'w-1');

    expect(targets(app)).toEqual(['cards']);
  });

  it('N1 reported once, when the notice comes first and its event begins a later batch', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.navigateToPage(navigation('transfers'));
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-1');

    expect(targets(app)).toEqual(['transfers']);
    expect(app.calls).toHaveLength(1);
  });

  it('N1 reported once, at any position of the event in its batch; and again for the next navigation', async () => {
    const app = standInWithChannels({
      onCall: ({ requestId }) => homeApp.showResponse({ ok: true }, requestId),
    });
    const { delegate, homeApp } = inApp();
    delegate.navigateToPage(navigation('transfers'));
    delegate.sendRequestToPServer(
      null,
      report(event('Presented', '1'), event('NavigateButton', 'transfers')),
      'w-1',
    );
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-2');
    await turn();

    expect(targets(app)).toEqual(['transfers', 'transfers']);
    expect(app.calls).toHaveLength(2);
  });

  it('N1 reported once, when the event comes first and its notice in the next task', async () => {
    const app = standInWithChannels({
      onCall: ({ requestId }) => homeApp.showResponse({ ok: true }, requestId),
    });
    const { delegate, homeApp } = inApp();
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-1');
    vi.advanceTimersByTime(1);
    delegate.navigateToPage(navigation('transfers'));
    expect(targets(app)).toEqual(['transfers']);
    // The same button again: this time the notice comes first.
    delegate.navigateToPage(navigation('transfers'));
    await turn();
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-2');

    expect(targets(app)).toEqual(['transfers', 'transfers']);
    expect(app.calls).toHaveLength(2);
  });

  it('N1 a later click on the same target is reported again', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-1');
    delegate.navigateToPage(navigation('cards'));
    vi.advanceTimersByTime(2_000);
    delegate.navigateToPage(navigation('transfers'));

    expect(targets(app)).toEqual(['transfers', 'cards', 'transfers']);
  });

  it('N1 after a notice without an event, a button that only sends an event is still reported', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.navigateToPage(navigation('transfers'));
    vi.advanceTimersByTime(60_000);
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'transfers')), 'w-1');

    expect(targets(app)).toEqual(['transfers', 'transfers']);
  });

  it('N1 an event after another one is not reported, so that its notice is', () => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    const body = report(event('Presented', '1'), event('NavigateButton', 'transfers'));
    delegate.sendRequestToPServer(null, body, 'w-1');
    delegate.navigateToPage(navigation('transfers'));

    expect(targets(app)).toEqual(['transfers']);
  });

  it.each<[string, object]>([
    ['that begins with something else', report(event('Presented', '1'), event('NavigateButton', 'cards'))],
    ['without a target', report(event('NavigateButton', undefined))],
    ['with an empty target', report(event('NavigateButton', ''))],
    ['with a target that is no text', report(event('NavigateButton', { to: 'cards' }))],
    ['without events', { type: 'sendEvents' }],
    ['with an event that is null', report(null)],
    ['of another command', { ...report(event('NavigateButton', 'cards')), type: 'getInsights' }],
  ])('N1 a request %s navigates nowhere', (_what, body) => {
    const app = standInWithChannels();
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, body, 'w-1');

    expect(targets(app)).toEqual([]);
    expect(app.calls).toHaveLength(1);
  });

  it.each([navigation(undefined), navigation(''), navigation({}), {}, undefined])(
    'N1 a notice without a target navigates nowhere: %j',
    (data) => {
      const app = standInWithChannels();
      const { delegate } = inApp();
      delegate.navigateToPage(data);

      expect(app.posted).toEqual([]);
    },
  );

  it.each<[string, FlutterChannels, readonly string[]]>([
    ['the app has no such channel', {}, []],
    ['the page wants none', { navigate: false }, ['NavigateUser']],
    ['it has another name', { navigate: 'Elsewhere' }, ['NavigateUser', 'Elsewhere']],
  ])('N1 where %s', (_what, channel, others) => {
    const app = standInWithChannels({ others });
    const { delegate } = inApp(channel);
    delegate.navigateToPage(navigation('transfers'));
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'cards')), 'w-1');

    expect(targets(app)).toEqual([]);
    expect(app.posted.filter(([name]) => name === 'Elsewhere').map(([, text]) => text)).toEqual(
      channel.navigate ? ['transfers', 'cards'] : [],
    );
    expect(app.calls).toHaveLength(1);
  });

  it('N1 an error of the app is reported, and the request is still sent', () => {
    const app = standInWithChannels({ others: [] });
    const boom = new Error('boom');
    vi.stubGlobal('NavigateUser', {
      postMessage() {
        throw boom;
      },
    });
    const { delegate } = inApp();
    delegate.sendRequestToPServer(null, report(event('NavigateButton', 'cards')), 'w-1');

    expect(app.calls).toHaveLength(1);
    expect(reported.splice(0)).toEqual([boom]);
  });
});
