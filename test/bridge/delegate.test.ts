import { describe, expect, it } from 'vitest';
import type { EventDelegate } from '../../src/index.ts';
import { bridgeTests } from './fixtures/bridge-tests.ts';
import { RecordingWidget } from './fixtures/recording-widget.ts';
import { turn } from './fixtures/turn.ts';

const { attached, makeBridge } = bridgeTests();

const BODY = { type: 'getInsights' };
const echo = { send: () => ({ ok: true }) };

/** What a deep merge makes of an object: its own properties, one by one. */
function cloned(delegate: EventDelegate): EventDelegate {
  return Object.fromEntries(Object.entries(delegate)) as unknown as EventDelegate;
}

/** The own property that a widget looks for, called on its object. */
function callOwn(delegate: EventDelegate, name: 'sendRequestToPServer'): void {
  expect(Object.hasOwn(delegate, name)).toBe(true);
  delegate[name]({}, BODY, 'r1');
}

describe('B13 every hand-over', () => {
  it.each([
    ['the delegate', (bridge: ReturnType<typeof makeBridge>) => bridge.delegate],
    ['a deep copy of it', (bridge: ReturnType<typeof makeBridge>) => cloned(bridge.delegate)],
    ['the constructor', (bridge: ReturnType<typeof makeBridge>) => new bridge.EventDelegate()],
    [
      'a copy of what the constructor made',
      (bridge: ReturnType<typeof makeBridge>) => cloned(new bridge.EventDelegate()),
    ],
    [
      'a class of the page’s that extends it',
      (bridge: ReturnType<typeof makeBridge>) => new (class Own extends bridge.EventDelegate {})(),
    ],
  ])('B13 %s: its functions are own properties, and answer', async (_, hand) => {
    const bridge = makeBridge({ transport: echo });
    const widget = attached(bridge, new RecordingWidget());
    callOwn(hand(bridge), 'sendRequestToPServer');
    await turn();

    expect(widget.replies).toEqual([[{ ok: true }, 'r1']]);
  });

  it('B13 the constructor may be called more often than it is used, and its objects do not share what is put on them', () => {
    const { EventDelegate, delegate } = makeBridge({ transport: echo });
    const [one, other] = [new EventDelegate(), new EventDelegate()];
    one.sessionError = () => {};

    expect(one).toBeInstanceOf(EventDelegate);
    expect(other).toEqual(delegate);
    expect(delegate.sessionError).not.toBe(one.sessionError);
    expect(EventDelegate.name).toBe('EventDelegate');
  });

  it('B10 making delegates changes nothing of the bridge', () => {
    const bridge = makeBridge({ transport: echo });
    const before = bridge.getSnapshot();
    for (let i = 0; i < 10; i += 1) new bridge.EventDelegate();

    expect(bridge.getSnapshot()).toBe(before);
  });
});
