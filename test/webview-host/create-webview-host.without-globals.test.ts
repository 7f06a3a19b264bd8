import { describe, expect, it, vi } from 'vitest';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';

const { setUp } = hostTests();

/** What an engine may lack that runs an app's own JavaScript. */
const names = [
  'TextDecoder',
  'TextEncoder',
  'atob',
  'btoa',
  'structuredClone',
  'queueMicrotask',
  'performance',
  'crypto',
  'URL',
  'URLSearchParams',
  'AbortSignal',
  'DOMException',
  'EventTarget',
  'Event',
  'MessageChannel',
  'fetch',
  'Headers',
  'Request',
  'Response',
  'Blob',
  'navigator',
  'WeakRef',
  'FinalizationRegistry',
  'Intl',
];

const REPLY = { ok: true, text: 'Zoë, żółć, 30 €, 🏦', digits: [1, 2.5] };
const JSON_TEXT = JSON.stringify(REPLY);
const BASE64 = Buffer.from(JSON_TEXT).toString('base64');
const toUrl = (base64: string): string => base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

describe.each([...names.map((name) => [name, [name]] as const), ['all of these', names] as const])(
  'S2 B11 in an engine without %s',
  (_, absent) => {
    function remove(): void {
      for (const name of absent) vi.stubGlobal(name, undefined);
    }

    it.each([
      ['an object', REPLY],
      ['JSON text', JSON_TEXT],
      ['Base64', BASE64],
      ['Base64 of the URL alphabet', toUrl(BASE64)],
      ['Base64 in lines', BASE64.replace(/.{20}/g, '$&\n')],
      ['Base64 in JSON text', JSON.stringify(BASE64)],
    ])('S2 B11 reads a reply: %s', async (_form, reply) => {
      remove();
      const { ask, transport, page, errors } = setUp();
      ask('1');
      transport.last.answer(reply);
      await turn();

      expect(page.read).toEqual([[REPLY, '1']]);
      expect(errors()).toEqual([]);
    });

    it.each([
      ['HTML', '<html>'],
      ['a word', 'OK'],
      ['broken Base64', BASE64.slice(0, 5)],
      ['Base64 of broken UTF-8', Buffer.from('{"a":"\xc3("}', 'latin1').toString('base64')],
    ])('S2 B11 refuses what is no reply: %s', async (_form, reply) => {
      remove();
      const { ask, transport, page, errors } = setUp();
      ask('1');
      transport.last.answer(reply);
      await turn();

      expect(page.read).toEqual([[FAILURE, '1']]);
      expect(errors()).toMatchObject([{ code: 'INVALID_RESPONSE' }]);
    });

    it('S2 B6 B9 times out, aborts, reports notices and ends', async () => {
      remove();
      const { host, ask, post, transport, page, errors, notices } = setUp({ timeout: 5_000 });
      ask('1');
      post({ requestString: 'sessionEnded', requestData: { why: 'idle' } });
      vi.advanceTimersByTime(5_000);
      await turn();
      ask('2');
      host.dispose();
      await turn();

      expect(page.read).toEqual([
        [FAILURE, '1'],
        [FAILURE, '2'],
      ]);
      expect(errors().map(({ code }) => code)).toEqual(['TIMEOUT', 'DISPOSED']);
      expect(transport.sent.map(({ context }) => context.signal.aborted)).toEqual([true, true]);
      expect(notices).toEqual([['sessionEnded', { why: 'idle' }]]);
    });
  },
);
