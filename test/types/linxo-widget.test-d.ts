import { describe, expectTypeOf, it } from 'vitest';
import {
  followLinxoWidget,
  type LinxoWidgetEnd,
  type LinxoWidgetOptions,
  type QueuePoller,
} from '../../src/index.ts';

declare const poller: QueuePoller;
declare const frame: HTMLIFrameElement;

const origin = 'https://embed.linxo.example';

describe('followLinxoWidget', () => {
  it('takes a poller, or what tracks and nudges', () => {
    expectTypeOf(followLinxoWidget(poller, { origin, source: window })).toEqualTypeOf<() => void>();
    followLinxoWidget({ track: (_id: string) => {}, nudge() {} }, { origin, source: window });
    // @ts-expect-error nothing that tracks
    followLinxoWidget({ nudge() {} }, { origin, source: window });
  });

  it('needs an origin and a window', () => {
    followLinxoWidget(poller, { origin, source: () => frame.contentWindow });
    followLinxoWidget(poller, { origin, source: () => undefined, onEnd: undefined, signal: undefined });
    // @ts-expect-error no origin
    followLinxoWidget(poller, { source: window });
    // @ts-expect-error no window
    followLinxoWidget(poller, { origin });
    // @ts-expect-error a frame is no window
    followLinxoWidget(poller, { origin, source: frame });
    expectTypeOf<LinxoWidgetOptions['signal']>().toEqualTypeOf<AbortSignal | undefined>();
  });

  it('tells an end whose words are open', () => {
    followLinxoWidget(poller, {
      origin,
      source: window,
      onEnd(end) {
        expectTypeOf(end).toEqualTypeOf<LinxoWidgetEnd>();
        expectTypeOf(end.connectionId).toEqualTypeOf<string | undefined>();
        expectTypeOf(end.redirectUrl).toEqualTypeOf<string | undefined>();
        expectTypeOf<'something else'>().toExtend<typeof end.status>();
        expectTypeOf<'something else'>().toExtend<typeof end.result>();
        // @ts-expect-error it is the page's to keep, not to change
        end.status = 'success';
      },
    });
  });
});
