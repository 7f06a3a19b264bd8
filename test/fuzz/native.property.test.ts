import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { type NativeRequest, nativeTransport, WidgetBridge } from '../../src/index.ts';
import { RecordingWidget } from '../bridge/fixtures/recording-widget.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import {
  Anything,
  answerText,
  anything,
  expectCleanPrototypes,
  expectDiscreet,
  text,
} from './fixtures/hostile.ts';
import { useFakeTimers } from './fixtures/use-fake-timers.ts';

// An id that cannot be converted to a string is reported there.
useFakeTimers(() => {});

/** A reply and the id that native code gives for it: now and then the right one, in several forms. */
const said = fc.tuple(
  fc.oneof(anything, answerText),
  fc.oneof(
    { weight: 4, arbitrary: fc.oneof(anything, text) },
    { weight: 1, arbitrary: fc.constantFrom('right', 'as a number', 'with a space') },
  ),
);

function idFrom(given: unknown, right: string): unknown {
  if (given instanceof Anything) return given.value;
  if (given === 'right') return right;
  if (given === 'as a number') return Number(right);
  return given === 'with a space' ? ` ${right}` : given;
}

it('B1 B2 S4 native replies: whatever the app sends, nothing throws, and the widget is answered once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { maxLength: 4 }), async (replies) => {
      vi.clearAllTimers();
      const posted: NativeRequest[] = [];
      const transport = nativeTransport({
        shell: {
          bridge: 'a stand-in',
          isThere: () => true,
          postRequest: (request) => void posted.push(request),
          postNotice: () => {},
        },
      });
      const bridge = new WidgetBridge({ transport });
      const widget = new RecordingWidget();
      bridge.attach(widget, {});
      const errors: unknown[] = [];
      bridge.on('failure', ({ error }) => errors.push(error));
      bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'r1');
      await turn();
      const [{ requestId } = { requestId: '' }] = posted;

      for (const [reply, id] of [...replies, ['{"ok":true}', 'right'] as const]) {
        const given = reply instanceof Anything ? reply.value : reply;
        const taken = bridge.handlePServerResponse(given, idFrom(id, requestId) as string);
        expect(typeof taken).toBe('boolean');
      }
      await turn();
      expect(widget.replies).toHaveLength(1);
      expect(widget.replies[0]?.[1]).toBe('r1');
      for (const error of errors) expectDiscreet(error);
      expect(bridge.getSnapshot().pending).toEqual([]);
      bridge.dispose();
      transport.dispose();
      await turn();
      expect(vi.getTimerCount()).toBe(0);
      expectCleanPrototypes();
    }),
  );
});
