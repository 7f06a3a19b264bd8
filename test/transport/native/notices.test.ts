import { describe, expect, it, vi } from 'vitest';
import { nativeTransport } from '../../../src/index.ts';
import { createTestWidget } from '../../../src/testing/doubles.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { type NativeApp, type ShellName, shellNames, standIn } from '../fixtures/native-app.ts';

const { setUpWith, reported } = bridgeTests();

type Delegate = ReturnType<typeof setUpWith>['delegate'];

/** What native code has heard of, as objects in every shell. */
function heardBy(app: NativeApp): unknown[] {
  return app.notices.map(([name, data]) => [name, typeof data === 'string' ? JSON.parse(data) : data]);
}

/** The notices of one call of the widget's. */
function noticesOf(shell: ShellName, call: (delegate: Delegate) => void): unknown[] {
  const app = standIn(shell);
  call(setUpWith(nativeTransport()).delegate);
  return heardBy(app);
}

describe('what wants no answer, as it is posted', () => {
  const ended = '{"requestString":"sessionEnded","widgetType":"inbox"}';
  const event = '{"requestString":"personeticsEvent","data":{"eventType":"refreshInsights"}}';
  const navigation = '{"requestString":"navigateToPage","data":{"navigateTarget":"transfers"}}';
  const failed = '{"requestString":"sessionError","data":"{\\"status\\":\\"404\\"}"}';
  const ios = (name: string, data: string): string[] => [
    `{"sender":"personetics","requestType":"${name}","requestInformation":{"requestData":${data}}}`,
  ];
  const nameFirst = (name: string, data: string): string[] => [
    `{"requestString":"${name}","requestData":${data}}`,
  ];

  it.each<[ShellName, (name: string, data: string) => string[]]>([
    ['ios', ios],
    ['react-native', nameFirst],
    ['flutter', nameFirst],
    ['android', (name, data) => (name.startsWith('session') ? [name, data, ''] : [name, data])],
  ])('N1 B4 in %s, word for word: the published message, and number of arguments', (shell, posted) => {
    const app = standIn(shell);
    const { delegate } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(null, { requestString: 'sessionEnded', widgetType: 'inbox' });
    delegate.sessionEnded({ widgetType: 'inbox', ExistInbox: true, lang: 'en' });
    delegate.widgetEvent({}, { eventType: 'refreshInsights' });
    delegate.navigateToPage({ requestString: 'navigateToPage', data: { navigateTarget: 'transfers' } });
    delegate.sessionError({ status: '404' });

    expect(app.posted).toEqual([
      posted('sessionEnded', ended),
      posted('sessionEnded', ended),
      posted('personeticsEvent', event),
      posted('navigateToPage', navigation),
      posted('sessionError', failed),
    ]);
  });

  it.each<[string, unknown, object]>([
    ['sessionEnded', { widgetType: 'inbox', el: 1 }, { widgetType: 'inbox' }],
    ['sessionEnded', { requestString: 'sessionEnded', n: 1 }, { n: 1 }],
    ['sessionEnded', {}, {}],
    ['sessionEnded', undefined, {}],
    ['sessionEnded', null, {}],
    ['sessionError', '{"status":"600"}', { data: '{"status":"600"}' }],
    ['sessionError', { status: '600' }, { data: '{"status":"600"}' }],
    ['sessionError', { requestString: 'sessionError', data: '{}' }, { data: '{}' }],
    ['navigateToPage', { page: 'x' }, { page: 'x' }],
    ['navigateToPage', { requestString: 'other', page: 'x' }, { requestString: 'other', page: 'x' }],
    ['navigateToPage', 'x', { data: 'x' }],
    ['personeticsEvent', { eventType: 'x' }, { data: { eventType: 'x' } }],
    ['registered', undefined, {}],
    ['constructor', null, { data: null }],
  ])('N1 B4 %s with %j has the form that published delegates give it', (name, data, fields) => {
    const app = standIn('ios');
    const { transport } = setUpWith(nativeTransport());
    transport.notify?.(name, data);

    expect(app.notices).toEqual([[name, { requestString: name, ...fields }]]);
  });

  it.each([
    ['text that is no JSON', 'Failed to fetch'],
    ['empty text', ''],
    ['nothing', undefined],
    ['null', null],
    ['a number', 500],
  ])('N1 sessionError with %s posts the failure of status 600', (_what, error) => {
    expect(noticesOf('android', ({ sessionError }) => sessionError(error))).toEqual([
      [
        'sessionError',
        {
          requestString: 'sessionError',
          data: JSON.stringify({
            status: '600',
            statusMessage: 'A network error occurred - check your network and try again.',
          }),
        },
      ],
    ]);
  });

  it('N1 a loader notice goes as the event that it names, once, and is no request', () => {
    const closing = { requestString: 'personeticsEvent', data: { eventType: 'closeNativeLoader' } };
    const app = standIn('android');
    const { delegate, bridge } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(null, closing);

    expect(app.posted).toEqual([['personeticsEvent', JSON.stringify(closing)]]);
    expect(bridge.getSnapshot().pending).toEqual([]);
  });

  it('a shell of the page’s own gets name and data', () => {
    const postNotice = vi.fn();
    const shell = { bridge: 'mine', isThere: () => true, postRequest: vi.fn(), postNotice };
    const { delegate } = setUpWith(nativeTransport({ shell }));
    delegate.handlePersoEvent({ requestString: 'sessionEnded' });
    delegate.widgetEvent({}, { eventType: 'refreshInsights', ctxId: 'sampleNew' });

    expect(postNotice.mock.calls).toEqual([
      ['sessionEnded', { requestString: 'sessionEnded' }],
      [
        'personeticsEvent',
        {
          requestString: 'personeticsEvent',
          data: { eventType: 'refreshInsights', ctxId: 'sampleNew' },
        },
      ],
    ]);
    expect(postNotice.mock.contexts).toEqual([shell, shell]);
  });
});

describe.each(shellNames)('N1 the notices of a widget, in %s', (shell) => {
  const personeticsEvent = (data: unknown): unknown => [
    'personeticsEvent',
    { requestString: 'personeticsEvent', data },
  ];
  const told = (params: unknown): unknown[] =>
    noticesOf(shell, (delegate) => delegate.widgetEvent({}, params));
  const acted = (params: unknown): unknown[] =>
    noticesOf(shell, (delegate) => delegate.handleWidgetAction({}, params));

  it.each([
    [{ eventType: 'teaserClick', insightId: 'i1', instanceId: 't1', value: '1' }],
    [{ eventType: 'reporting', eventId: 'Presented', eventData: { value: '1', insightId: 't1' } }],
    [{ eventType: 'refreshInsights', ctxId: 'sampleNew' }],
  ])('N1 the event %j is a personeticsEvent', (params) => {
    expect(told(params)).toEqual([personeticsEvent(params)]);
  });

  it.each([
    [{ eventType: 'inboxWidgetStarted' }],
    [{ eventType: 'constructor' }],
    [{ requestString: 'navigateToPage' }],
    [{ data: { navigateTarget: 'transfers' } }],
    [{ data: null }],
    [{}],
    ['teaserClick'],
    [undefined],
    [null],
  ])('N1 the event %j has no notice', (params) => {
    expect(told(params)).toEqual([]);
  });

  it('N1 an external navigation is a navigateToPage, with the params as they are', () => {
    const params = {
      requestString: 'navigateToPage',
      data: { actionType: 'externalNavigation', navigateTarget: 'transfers' },
      lang: 'en',
    };

    expect(told(params)).toEqual([['navigateToPage', params]]);
  });

  it.each(['openStory', 'somethingNew'])(
    'N1 the action %s is a personeticsEvent of its data',
    (actionType) => {
      const data = { actionType, payload: { insightId: 'i1' } };

      expect(told({ requestString: 'navigateToPage', data })).toEqual([personeticsEvent(data)]);
      expect(acted({ requestString: 'navigateToPage', data })).toEqual([personeticsEvent(data)]);
    },
  );

  it('N1 a call of the widget’s own callPersoneticsAPI is for the page, by whichever name it comes', () => {
    const data = { actionType: 'callPersoneticsAPI', apiName: 'x', apiBody: {}, successCallback: () => {} };
    for (const params of [
      { requestString: 'callPersoneticsAPI', data },
      { requestString: 'navigateToPage', data },
      { requestString: 'callPersoneticsAPI', data: { actionType: 'openStory' } },
    ]) {
      expect([told(params), acted(params)]).toEqual([[], []]);
    }
    expect(noticesOf(shell, ({ callPersoneticsAPI }) => callPersoneticsAPI('x', {}))).toEqual([]);
    const message = { requestString: 'callPersoneticsAPI', data };
    expect(noticesOf(shell, ({ sendRequestToPServer }) => sendRequestToPServer(null, message))).toEqual([]);
  });

  it('N1 the page opens an address itself, but handleWidgetAction posts it', () => {
    const data = { actionType: 'externalNavigationUrl', navigateTarget: 'https://www.bank.example/' };

    expect(told({ requestString: 'navigateToPage', data })).toEqual([]);
    expect(acted({ requestString: 'navigateToPage', data })).toEqual([personeticsEvent(data)]);
  });

  it('N1 handleWidgetAction makes no difference between external navigation and the rest', () => {
    const data = { actionType: 'externalNavigation', navigateTarget: 'transfers' };

    expect(acted({ requestString: 'navigateToPage', data })).toEqual([personeticsEvent(data)]);
    expect(acted({ requestString: 'navigateToPage' })).toEqual([personeticsEvent(undefined)]);
    expect(acted(undefined)).toEqual([]);
  });

  it('N1 an event that is an action too is posted as both', () => {
    const data = { actionType: 'openStory', payload: { insightId: 'i1' } };
    const params = { eventType: 'teaserClick', data };

    expect(told(params)).toEqual([personeticsEvent(data), personeticsEvent(params)]);
  });

  it('N1 a notice has what the widget passed at the call, also for a shell that comes late', () => {
    const { delegate } = setUpWith(nativeTransport());
    const params = { eventType: 'teaserClick', payload: { insightId: 'i1' } };
    delegate.widgetEvent({}, params);
    params.payload.insightId = 'changed';
    const app = standIn(shell);
    vi.advanceTimersByTime(50);

    expect(heardBy(app)).toEqual([
      personeticsEvent({ eventType: 'teaserClick', payload: { insightId: 'i1' } }),
    ]);
  });
});

describe.each(shellNames)('what JSON cannot say is left out, and nothing else, in %s', (shell) => {
  it('N1 B4 a reference back, a big integer', () => {
    const circular: Record<string, unknown> = { page: 'x' };
    circular['el'] = circular;
    const notices = noticesOf(shell, (delegate) => {
      delegate.navigateToPage(circular);
      delegate.personeticsEvent(1n);
      delegate.sessionError({ status: '500', circular });
    });

    expect(notices).toEqual([
      ['navigateToPage', { requestString: 'navigateToPage', page: 'x' }],
      ['personeticsEvent', { requestString: 'personeticsEvent' }],
      ['sessionError', { requestString: 'sessionError', data: '{"status":"500","circular":{"page":"x"}}' }],
    ]);
  });

  it('N1 the configuration at the end of a session, of which only the type is posted', () => {
    const config: Record<string, unknown> = { widgetType: 'teaser-widget', ExistInbox: true };
    config['parentCtrl'] = { config };

    expect(noticesOf(shell, ({ sessionEnded }) => sessionEnded(config))).toEqual([
      ['sessionEnded', { requestString: 'sessionEnded', widgetType: 'teaser-widget' }],
    ]);
  });
});

it.each(shellNames)(
  'N1 a click in build 21.5, without what jQuery has in it, and its end, in %s',
  async (shell) => {
    const app = standIn(shell);
    const { bridge } = setUpWith(nativeTransport());
    const widget = createTestWidget({ build: '21.5' });
    bridge.attach(widget);
    widget.startWidget({ pDelegate: bridge.delegate, userId: 'user-1', lang: 'en' });
    const insights = [{ id: 'i1', insightId: 'type-1', text: 'Groceries' }];
    bridge.handlePServerResponse({ ok: true, insights }, app.last.requestId);
    await turn();
    const [inbox] = widget.views;
    if (!inbox) throw new Error('There is no view');
    widget.user.clickTeaser(inbox);
    widget.user.closeInbox(inbox);
    widget.dispose();

    const isReport = (notice: unknown): boolean => JSON.stringify(notice).includes('"reporting"');
    expect(heardBy(app).filter((notice) => !isReport(notice))).toEqual([
      [
        'personeticsEvent',
        {
          requestString: 'personeticsEvent',
          data: {
            userId: 'user-1',
            insightId: 'i1',
            instanceId: 'type-1',
            eventType: 'teaserClick',
            lang: 'en',
            value: '1',
          },
        },
      ],
      ['sessionEnded', { requestString: 'sessionEnded' }],
    ]);
  },
);

describe('native code that does not accept it', () => {
  it('B4 by throwing or rejecting is reported, and stops nothing', async () => {
    const boom = new Error('boom');
    const postNotice = vi
      .fn()
      .mockImplementationOnce(() => {
        throw boom;
      })
      .mockRejectedValueOnce(boom);
    const shell = { bridge: 'mine', isThere: () => true, postRequest: vi.fn(), postNotice };
    const { delegate } = setUpWith(nativeTransport({ shell }));
    delegate.sessionStarted();
    delegate.sessionEnded();
    delegate.registered();
    await turn();

    expect(reported.splice(0)).toEqual([boom, boom]);
    expect(postNotice).toHaveBeenCalledTimes(3);
  });

  it('B4 because it has no such message is not called', () => {
    const postNotice = vi.fn();
    const takes = (name: string): boolean => name !== 'registered';
    const shell = { bridge: 'mine', isThere: () => true, takes, postRequest: vi.fn(), postNotice };
    const { delegate } = setUpWith(nativeTransport({ shell }));
    delegate.registered();
    delegate.sessionEnded();

    expect(postNotice.mock.calls).toEqual([['sessionEnded', expect.anything()]]);
  });
});
