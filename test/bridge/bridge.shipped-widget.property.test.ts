import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asBase64, nativeTransport, type Transport, WidgetBridge } from '../../src/index.ts';
import { createTestTransport, createTestWidget } from '../../src/testing/doubles.ts';
import { base64, type ShellName, shellNames, standIn } from '../transport/fixtures/native-app.ts';
import { turn } from './fixtures/turn.ts';

type Widget = ReturnType<typeof createWidget>;
type Ends = { readonly answer: (reply: unknown) => void; readonly id: string };

const HAND_OVERS = [
  'pDelegate',
  'pDelegate in startWidget',
  'EventDelegate',
  'extended EventDelegate',
] as const;
const WAYS = [
  'widget.handlePServerResponse',
  'widget.handleServerResponse',
  'delegate.handlePServerResponse',
  'delegate.handleServerResponse',
] as const;
const FORMS = ['Base64', 'text', 'object'] as const;
const TYPES = ['sendEvents', 'getInsights', 'updateInsightRating'] as const;
const OUTCOMES = ['success', 'failure', 'empty', 'garbage', 'twice', 'another id'] as const;
const TIMEOUT = 1_000;

type Channel = ShellName | 'page';

interface World {
  readonly handOver: (typeof HAND_OVERS)[number];
  readonly channel: Channel;
  /** Whether the widget expects Base64, as it does by default after `initialize`. */
  readonly isEncoded: boolean;
  readonly byGetter: boolean;
}

type Step =
  | { readonly do: 'ask'; readonly type: (typeof TYPES)[number]; readonly n: number }
  | {
      readonly do: 'answer';
      readonly which: number;
      readonly outcome: (typeof OUTCOMES)[number];
      readonly way: (typeof WAYS)[number];
      readonly form: (typeof FORMS)[number];
    }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'turn' | 'attach' | 'dispose' };

const worlds: fc.Arbitrary<World> = fc.record({
  handOver: fc.constantFrom(...HAND_OVERS),
  channel: fc.constantFrom<Channel>(...shellNames, 'page'),
  isEncoded: fc.boolean(),
  byGetter: fc.boolean(),
});

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('ask'), type: fc.constantFrom(...TYPES), n: fc.nat(2) }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('answer'),
        which: fc.nat(3),
        outcome: fc.constantFrom(...OUTCOMES),
        way: fc.constantFrom(...WAYS),
        form: fc.constantFrom(...FORMS),
      }),
    },
    // Most often no time passes between two requests, so that they have one id.
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.constantFrom(1, 7, TIMEOUT) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('turn') }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('attach', 'dispose') }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 30 },
);

const REPLIES = {
  success: { ok: true, text: 'Zoë 😀' },
  failure: { ok: false, status: '500' },
  empty: undefined,
  garbage: '<html>',
  twice: { ok: true },
  'another id': { ok: true },
} as const;

/** What native code finds by that name: a copy of the delegate. */
function bridgeOf(widget: Widget): Widget {
  return widget.getJSBridge() as unknown as Widget;
}

function createWidget() {
  return createTestWidget({ build: '21.5' });
}

function hand({ handOver, isEncoded }: World, widget: Widget, bridge: WidgetBridge): void {
  const { EventDelegate, delegate } = bridge;
  class Extended extends EventDelegate {}
  if (handOver === 'EventDelegate') vi.stubGlobal('EventDelegate', EventDelegate);
  if (handOver === 'extended EventDelegate') vi.stubGlobal('EventDelegate', Extended);
  const options = handOver.startsWith('pDelegate') ? { pDelegate: delegate } : {};
  if (handOver === 'pDelegate in startWidget' && !isEncoded) {
    widget.startWidget({ ...options, widgetType: 'teaser-widget' });
  } else widget.initialize({ ...options, base64EncodeResponse: isEncoded });
}

/** What carries the requests, and what of them waits for its end, oldest first. */
function openChannel(channel: Channel): { readonly transport: Transport; waiting(): Ends[] } {
  if (channel === 'page') {
    const transport = createTestTransport();
    const waiting = () =>
      transport.sent.map(({ request, answer }) => ({ id: `${request.requestId}`, answer }));
    return { transport, waiting };
  }
  const app = standIn(channel);
  const transport = nativeTransport({ shell: channel });
  return {
    transport,
    waiting: () => app.calls.map(({ requestId }) => ({ id: requestId, answer: () => {} })),
  };
}

async function live(world: World, life: readonly Step[]) {
  const { transport, waiting } = openChannel(world.channel);
  const bridge = new WidgetBridge({
    transport,
    timeout: TIMEOUT,
    ...(world.isEncoded ? { reply: asBase64 } : {}),
  });
  const widget = createWidget();
  const attach = (): unknown => bridge.attach(world.byGetter ? () => widget : widget);
  attach();
  hand(world, widget, bridge);

  for (const step of life) {
    if (step.do === 'turn') await turn();
    else if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
    else if (step.do === 'attach' && !bridge.getSnapshot().disposed) attach();
    else if (step.do === 'dispose') bridge.dispose();
    else if (step.do === 'ask') {
      widget.request('pserver', { type: step.type, n: step.n }).catch(() => {});
    } else if (step.do === 'answer' && !bridge.getSnapshot().disposed) {
      const all = waiting();
      const one = all[all.length - 1 - step.which];
      if (one) answer(world, widget, one, step);
    }
  }
  // What is still open is answered, or times out.
  await vi.advanceTimersByTimeAsync(2 * TIMEOUT);
  await turn();
  const { pending } = bridge.getSnapshot();
  bridge.dispose();
  await turn();
  widget.dispose();
  return { widget, pending };
}

function answer(
  { channel }: World,
  widget: Widget,
  one: Ends,
  { outcome, way, form }: Extract<Step, { do: 'answer' }>,
): void {
  const reply = REPLIES[outcome];
  const formed =
    reply === undefined || typeof reply === 'string'
      ? (reply ?? '')
      : form === 'object'
        ? reply
        : form === 'text'
          ? JSON.stringify(reply)
          : base64(reply);
  if (channel === 'page') {
    one.answer(formed);
    return;
  }
  const [owner, name] = way.split('.') as ['widget' | 'delegate', 'handlePServerResponse'];
  const target = owner === 'widget' ? widget : bridgeOf(widget);
  const id = outcome === 'another id' ? `${one.id}7` : one.id;
  target[name](formed, id);
  if (outcome === 'twice') {
    widget.handlePServerResponse(formed, id);
    bridgeOf(widget).handleServerResponse(formed, id);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function afterEveryLife(look: (life: Awaited<ReturnType<typeof live>>) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(worlds, steps, async (world, life) => {
      try {
        look(await live(world, life));
      } finally {
        vi.unstubAllGlobals();
        vi.clearAllTimers();
      }
    }),
  );
}

describe('the shipped widget, however it is wired, and whatever the server does', () => {
  it('B1 B2 B7 B13 N2 each of its requests is answered once, after its call has returned, the newest of each id', async () => {
    await afterEveryLife(({ widget }) => {
      widget.assertExactlyOnce();
      expect(widget.replies.filter(({ isWithinCall }) => isWithinCall)).toEqual([]);
    });
  });

  it('B6 B9 nothing stays pending, and no timer is left', async () => {
    await afterEveryLife(({ pending }) => {
      expect(pending).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
