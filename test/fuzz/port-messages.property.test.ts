import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { portTransport, servePort, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/index.ts';
import { RecordingWidget } from '../bridge/fixtures/recording-widget.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import {
  answerText,
  expectCleanPrototypes,
  expectDiscreet,
  json,
  nearly,
  SECRET,
} from './fixtures/hostile.ts';
import { StandInPort } from './fixtures/stand-in-port.ts';
import { useFakeTimers } from './fixtures/use-fake-timers.ts';

useFakeTimers();

const id = fc.constantFrom(1, 2, 0, -1);
const error = fc.oneof(
  json,
  nearly({
    code: 'HTTP',
    message: 'The server answered',
    details: { status: 500, secret: { of: SECRET } },
    cause: { name: 'TypeError', message: SECRET },
  }),
);
const response = fc.oneof(answerText, fc.constant(undefined));

const toNear = fc.oneof(
  json,
  fc.tuple(id, response).chain(([reply, given]) => nearly({ bankside: 1, reply, response: given })),
  fc
    .tuple(id, error, response)
    .chain(([failure, given, reply]) => nearly({ bankside: 1, failure, error: given, response: reply })),
  nearly({ bankside: 1, bye: true, welcome: 'x', knock: true }),
);

it('B1 S4 messages to the page: nothing throws, the widget is answered once, and nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(toNear, fc.array(toNear, { maxLength: 2 })), { maxLength: 4 }),
      async (messages) => {
        const port = new StandInPort();
        const transport = portTransport({ port: port.asPort });
        const bridge = new WidgetBridge({ transport });
        const widget = new RecordingWidget();
        const errors: unknown[] = [];
        bridge.attach(widget, {});
        bridge.on('failure', (failure) => errors.push(failure.error));
        bridge.delegate.sendRequestToPServer(null, { type: 'getInsights' }, 'r1');
        await turn();

        for (const message of messages) port.say(message);
        await turn();
        port.say({ bankside: 1, reply: 1, response: '{"ok":true}' });
        await turn();
        // The message said that `handlePServerResponse` gets the reply, so the request waits for it.
        bridge.handlePServerResponse({}, 'r1');
        await turn();

        expect(widget.replies.map(([, requestId]) => requestId)).toEqual(['r1']);
        for (const one of errors) expectOurs(one);
        bridge.dispose();
        transport.dispose();
        await turn();
        expect([port.isClosed, port.listeners, vi.getTimerCount()]).toEqual([true, 0, 0]);
        expectCleanPrototypes();
      },
    ),
  );
});

/** The serving side is the bank's own: its errors keep their messages. Nothing else may quote the input. */
function expectOurs(given: unknown): void {
  const { message } = given as Error;
  if (message === 'The server answered')
    expect(JSON.stringify((given as { details: unknown }).details)).not.toContain(SECRET);
  else expectDiscreet(given);
}

const request = fc.tuple(id, answerText).chain(([number, body]) =>
  nearly({
    bankside: 1,
    request: number,
    requestId: 'r1',
    server: 'pserver',
    type: 'getInsights',
    headers: { a: 'b' },
    body,
    timeLeft: 1_000,
  }),
);
const toFar = fc.oneof(
  json,
  request,
  request,
  id.chain((abort) => nearly({ bankside: 1, abort })),
  answerText.chain((data) => nearly({ bankside: 1, notice: 'sessionEnded', data })),
  nearly({ bankside: 1, bye: true }),
);

it('B1 S4 messages to the side that serves: nothing throws, each request is answered once, and nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(toFar, fc.array(toFar, { maxLength: 2 })), { maxLength: 4 }),
      async (messages) => {
        const port = new StandInPort();
        const transport = createTestTransport();
        const stop = servePort({ transport, port: port.asPort });
        for (const message of messages) port.say(message);
        await turn();

        const before = port.posted.length;
        const waiting = transport.sent.filter(({ context }) => !context.signal.aborted);
        for (const { answer } of waiting) answer({ ok: true });
        await turn();
        expect(port.posted).toHaveLength(before + waiting.length);
        stop();
        await turn();
        expect([port.isClosed, port.listeners, vi.getTimerCount()]).toEqual([true, 0, 0]);
        expectCleanPrototypes();
      },
    ),
  );
});
