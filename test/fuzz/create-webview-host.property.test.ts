import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createTestTransport } from '../../src/testing/index.ts';
import { createWebViewHost } from '../../src/webview-host.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { answerText, expectCleanPrototypes, expectDiscreet, nearly } from './fixtures/hostile.ts';
import { useFakeTimers } from './fixtures/use-fake-timers.ts';

useFakeTimers(() => {});

const post = fc
  .constantFrom('sendRequestToPServer', 'sendRequestToOBServer', 'sessionEnded', 'other')
  .chain((requestString) =>
    nearly({
      requestString,
      requestData: { type: 'getInsights' },
      requestId: '1',
      requestHeaders: { a: 'b' },
    }),
  );
const message = fc.oneof(
  answerText,
  post.map((given) => JSON.stringify(given)),
  post.map((given) => ({ nativeEvent: { data: JSON.stringify(given), url: 'https://bank.example/' } })),
  nearly({ nativeEvent: { data: '{}', url: 'https://bank.example/' } }),
);

it('B1 B3 S4 messages of a page to its host: nothing throws, and each request is answered by a script, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 3 }), async (messages) => {
      const transport = createTestTransport();
      const scripts: string[] = [];
      const host = createWebViewHost({ transport, inject: (script) => void scripts.push(script) });
      const errors: unknown[] = [];
      let outcomes = 0;
      host.on('failure', ({ error, request }) => {
        errors.push(error);
        if (request) outcomes += 1;
      });
      host.on('reply', () => {
        outcomes += 1;
      });
      let requests = 0;
      host.on('request', () => {
        requests += 1;
      });

      for (const given of messages) {
        host.onMessage(given);
        await turn();
        for (const { answer } of transport.waiting) answer({ ok: true });
        await turn();
      }
      expect(transport.sent).toHaveLength(requests);
      expect(scripts).toHaveLength(outcomes);
      for (const script of scripts) expect(script).toMatch(/^[ -~]+$/);
      for (const error of errors) expectDiscreet(error);
      host.dispose();
      await turn();
      expect(vi.getTimerCount()).toBe(0);
      expectCleanPrototypes();
    }),
  );
});
