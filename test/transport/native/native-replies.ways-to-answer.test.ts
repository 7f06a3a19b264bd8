import { describe, expect, it, vi } from 'vitest';
import { nativeTransport } from '../../../src/index.ts';
import { bridgeTests } from '../../bridge/fixtures/bridge-tests.ts';
import { EventLog } from '../../bridge/fixtures/event-log.ts';
import { FAILURE } from '../../bridge/fixtures/failure-reply.ts';
import { turn } from '../../bridge/fixtures/turn.ts';
import { base64, type ShellName, shellNames, standIn } from '../fixtures/native-app.ts';

const { makeBridge } = bridgeTests();

type ReplyFunction = (response: unknown, requestId: string) => unknown;

interface ReplyFunctions {
  handlePServerResponse: ReplyFunction;
  handleServerResponse: ReplyFunction;
}

/** A widget as shipped: one of its reply functions calls the other, and it keeps a copy of its delegate. */
function widgetWith(delegate: object): ReplyFunctions & {
  readonly got: unknown[][];
  getJSBridge(): ReplyFunctions;
} {
  const got: unknown[][] = [];
  const kept = { ...delegate } as ReplyFunctions;
  return {
    got,
    getJSBridge: () => kept,
    handlePServerResponse(response, requestId) {
      this.handleServerResponse(response, requestId);
    },
    handleServerResponse(response, requestId) {
      got.push([response, requestId]);
    },
  };
}

/** A page in an app, whose widget has asked once. */
function asked(shell: ShellName) {
  const app = standIn(shell);
  const bridge = makeBridge({ transport: nativeTransport({ shell }) });
  const events = new EventLog(bridge);
  const personetics = widgetWith(bridge.delegate);
  bridge.attach(personetics);
  (personetics.getJSBridge() as unknown as typeof bridge.delegate).sendRequestToPServer(
    null,
    { type: 'getInsights' },
    'cmVxUGVyc29uZXRpY3M=',
  );
  return { bridge, events, personetics, wireId: app.last.requestId };
}

type Page = ReturnType<typeof asked>;

/** As native code writes them into the script that it runs in the page. */
const ways: readonly [string, (page: Page, response: unknown, id: string) => unknown][] = [
  [
    'personetics.handlePServerResponse',
    ({ personetics }, ...args) => personetics.handlePServerResponse(...args),
  ],
  [
    'personetics.handleServerResponse',
    ({ personetics }, ...args) => personetics.handleServerResponse(...args),
  ],
  [
    'personetics.getJSBridge().handlePServerResponse',
    ({ personetics }, ...args) => personetics.getJSBridge().handlePServerResponse(...args),
  ],
  [
    'personetics.getJSBridge().handleServerResponse',
    ({ personetics }, ...args) => personetics.getJSBridge().handleServerResponse(...args),
  ],
];

// Both letters that the two alphabets of Base64 differ in are in it, and more than one line.
const REPLY = { ok: true, status: '200', text: `${'ż🏦 ???>>>'.repeat(12)}` };
const plain = base64(REPLY);

const forms: readonly [string, unknown][] = [
  ['Base64', plain],
  ['Base64 with line breaks', plain.replace(/.{76}/g, '$&\n')],
  [
    'Base64 with line breaks of two characters, and one at its end',
    `${plain.replace(/.{64}/g, '$&\r\n')}\r\n`,
  ],
  ['Base64 in the alphabet for addresses', plain.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')],
  ['JSON text', JSON.stringify(REPLY)],
  ['an object', REPLY],
];

it('the forms of Base64 that these tests mean are different ones', () => {
  expect(plain).toMatch(/[+/]/);
  expect(new Set(forms.map(([, form]) => form)).size).toBe(forms.length);
});

describe.each(shellNames)('N2 in %s', (shell) => {
  describe.each(ways)('N2 an answer to %s', (_name, answer) => {
    it.each(forms)('N2 as %s reaches the request, once', async (_form, response) => {
      const page = asked(shell);
      answer(page, response, page.wireId);
      await turn();

      expect(page.personetics.got).toEqual([[REPLY, 'cmVxUGVyc29uZXRpY3M=']]);
      expect(page.events.types).toEqual(['request', 'reply']);
    });

    it.each(ways)('N2 and a second one to %s is an orphan', async (_other, answerAgain) => {
      const page = asked(shell);
      answer(page, plain, page.wireId);
      answerAgain(page, base64({ ok: true, second: true }), page.wireId);
      await turn();

      expect(page.personetics.got).toEqual([[REPLY, 'cmVxUGVyc29uZXRpY3M=']]);
      expect(page.events.of('orphan')).toMatchObject([{ requestId: page.wireId }]);
      expect(page.events.of('reply')).toHaveLength(1);
    });

    it('N2 B6 under another id is an orphan; the request waits on, and ends in time', async () => {
      const page = asked(shell);
      answer(page, plain, '1234567890');
      await turn();
      expect(page.personetics.got).toEqual([]);
      expect(page.events.of('orphan')).toEqual([{ requestId: '1234567890', reason: 'unknown' }]);
      vi.advanceTimersByTime(30_000);
      await turn();

      expect(page.personetics.got).toEqual([[FAILURE, 'cmVxUGVyc29uZXRpY3M=']]);
      expect(page.events.codes).toEqual(['TIMEOUT']);
    });

    it.each([
      ['that is not Base64', '*** no Base64 ***'],
      ['that is the Base64 of no JSON', Buffer.from('{"ok":').toString('base64')],
      ['that is cut off', plain.slice(0, 21)],
      ['in quotes', `'${plain}'`],
    ])('N2 %s is a failed reply, once, and emitted as INVALID_RESPONSE', async (_what, response) => {
      const page = asked(shell);
      answer(page, response, page.wireId);
      answer(page, plain, page.wireId);
      await turn();

      expect(page.personetics.got).toEqual([[FAILURE, 'cmVxUGVyc29uZXRpY3M=']]);
      expect(page.events.codes).toEqual(['INVALID_RESPONSE']);
      expect(page.events.of('orphan')).toHaveLength(1);
    });
  });
});
