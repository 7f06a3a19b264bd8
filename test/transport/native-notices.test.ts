import { describe, expect, it, vi } from 'vitest';
import { nativeTransport } from '../../src/index.ts';
import { bridgeTests } from '../bridge/fixtures/bridge-tests.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { shellNames, standIn } from './native-apps.ts';

const { setUpWith, reported } = bridgeTests();

describe('what wants no answer, as it is posted', () => {
  it.each([
    [
      'ios',
      [
        '{"sender":"personetics","requestType":"sessionEnded",' +
          '"requestInformation":{"requestData":{"requestString":"sessionEnded","widgetType":"inbox"}}}',
      ],
    ],
    [
      'react-native',
      [
        '{"requestString":"sessionEnded","requestData":{"requestString":"sessionEnded","widgetType":"inbox"}}',
      ],
    ],
    [
      'flutter',
      [
        '{"requestString":"sessionEnded","requestData":{"requestString":"sessionEnded","widgetType":"inbox"}}',
      ],
    ],
    ['android', ['sessionEnded', '{"requestString":"sessionEnded","widgetType":"inbox"}', '']],
  ] as const)('B4 in %s', (shell, args) => {
    const app = standIn(shell);
    const { delegate } = setUpWith(nativeTransport());
    delegate.sendRequestToPServer(null, { requestString: 'sessionEnded', widgetType: 'inbox' });

    expect(app.posted).toEqual([args]);
  });

  it.each<[string, unknown, object]>([
    ['sessionEnded', { widgetType: 'inbox', el: 1 }, { widgetType: 'inbox' }],
    ['sessionEnded', undefined, {}],
    ['sessionError', '{"status":"600"}', { data: '{"status":"600"}' }],
    ['sessionError', { status: '600' }, { data: '{"status":"600"}' }],
    ['navigateToPage', { page: 'x' }, { data: { page: 'x' } }],
    [
      'navigateToPage',
      { requestString: 'other', page: 'x' },
      { data: { requestString: 'other', page: 'x' } },
    ],
    ['personeticsEvent', { eventType: 'x' }, { data: { eventType: 'x' } }],
    ['callPersoneticsAPI', 'api', { data: 'api' }],
    ['registered', undefined, {}],
    ['constructor', null, { data: null }],
  ])('B4 %s with %j has the form that published delegates give it', (name, data, fields) => {
    const app = standIn('ios');
    const { transport } = setUpWith(nativeTransport());
    transport.notify?.(name, data);

    expect(app.notices).toEqual([[name, { requestString: name, ...fields }]]);
  });

  it.each(shellNames)('B4 in %s: what cannot be written is left out, and not the message', (shell) => {
    const app = standIn(shell);
    const { delegate } = setUpWith(nativeTransport());
    const cycle: Record<string, unknown> = {};
    cycle['el'] = cycle;
    delegate.navigateToPage(cycle);
    delegate.personeticsEvent(1n);

    expect(app.notices.map(([, data]) => (typeof data === 'string' ? JSON.parse(data) : data))).toEqual([
      { requestString: 'navigateToPage' },
      { requestString: 'personeticsEvent' },
    ]);
  });

  it('a shell of one’s own gets name and data', () => {
    const postNotice = vi.fn();
    const shell = { bridge: 'mine', isThere: () => true, postRequest: vi.fn(), postNotice };
    const { delegate } = setUpWith(nativeTransport({ shell }));
    delegate.handlePersoEvent({ requestString: 'sessionEnded' });

    expect(postNotice.mock.calls).toEqual([['sessionEnded', { requestString: 'sessionEnded' }]]);
    expect(postNotice.mock.contexts).toEqual([shell]);
  });
});

describe('native code that does not take it', () => {
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

  it('B4 because it takes no such message is not asked', () => {
    const postNotice = vi.fn();
    const takes = (name: string): boolean => name !== 'registered';
    const shell = { bridge: 'mine', isThere: () => true, takes, postRequest: vi.fn(), postNotice };
    const { delegate } = setUpWith(nativeTransport({ shell }));
    delegate.registered();
    delegate.sessionEnded();

    expect(postNotice.mock.calls).toEqual([['sessionEnded', expect.anything()]]);
  });
});
