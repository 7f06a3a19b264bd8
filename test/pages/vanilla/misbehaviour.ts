import { beforeEach, describe, expect, it } from 'vitest';
import type { AllowedFailure } from '../../engines/observed-request.ts';
import { Example, type Setting } from './example.ts';

const networkFailure = 'A network error occurred - check your network and try again.';
const path = '/pserver/execute';

/** What is spoilt, and yet ends well. */
const overcome: readonly { fault: string; steps: string[]; failures: AllowedFailure[] }[] = [
  { fault: 'refused-token', steps: ['401, token refused', '200'], failures: [{ path, status: 401 }] },
  { fault: 'network', steps: ['connection lost', '200'], failures: [{ path, status: 'failed' }] },
  { fault: 'pushed', steps: ['aborted'], failures: [{ path, status: 'aborted' }] },
  { fault: 'base64', steps: ['200'], failures: [] },
  { fault: 'reset', steps: ['200'], failures: [] },
];

/** What cannot be mended, and what the widget is told of it. */
const told: readonly { fault: string; code: string; words: string; failures: AllowedFailure[] }[] = [
  { fault: 'error-html', code: 'HTTP 500', words: networkFailure, failures: [{ path, status: 500 }] },
  {
    fault: 'error-json',
    code: 'HTTP 500',
    words: 'This error is a requested fault.',
    failures: [{ path, status: 500 }],
  },
  { fault: 'garbage', code: 'INVALID_RESPONSE', words: networkFailure, failures: [] },
];

export function testMisbehaviour(getExample: () => Example, getSetting: () => Setting): void {
  describe('with a sandbox that misbehaves', () => {
    let example: Example;

    beforeEach(() => {
      example = getExample();
    });

    it.each(overcome)('gets its answer all the same after $fault', async ({ fault, steps, failures }) => {
      await example.misbehave(fault);
      await example.present('[data-type="getInsights"][data-state="answered"]');
      await example.part('insights', 'ready');

      expect(await example.requests()).toMatchObject([{ title: 'getInsights', state: 'answered', steps }]);
      expect(await example.complaints()).toBe('');
      expect(await example.problems({ requests: failures })).toEqual([]);
    });

    it.each(told)('tells the widget of $fault, which then may try again', async (expected) => {
      const { fault, code, words, failures } = expected;
      await example.misbehave(fault);
      await example.present('[data-type="getInsights"][data-state="failed"]');
      await example.part('insights', 'error');
      expect(await example.text('[data-part="insights"] [role="alert"]')).toBe(words);
      expect(await example.requests()).toMatchObject([{ title: 'getInsights', state: 'failed', code }]);
      await example.says('#activity-status', `getInsights failed: ${code}.`);

      await example.page.click('[data-part="insights"] [data-action="try-again"]');
      await example.part('insights', 'ready');
      expect(await example.requests()).toMatchObject([{ state: 'answered' }, { state: 'failed' }]);
      expect(await example.complaints()).toBe('');
      expect(await example.problems({ requests: failures })).toEqual([]);
    });

    it('holds a second reply back', async () => {
      await example.misbehave('twice');
      await example.present('[data-state="held"]');

      expect(await example.requests()).toMatchObject([
        { title: 'Second reply to getInsights', state: 'held', server: 'pserver' },
        { title: 'getInsights', state: 'answered' },
      ]);
      expect(await example.complaints()).toBe('');
      expect(await example.problems()).toEqual([]);
    });

    it('tells the widget of a timeout, holds the late reply back, and then may try again', async () => {
      await example.misbehave('late');
      await example.part('insights', 'error');
      expect(await example.text('[data-part="insights"] [role="alert"]')).toBe(networkFailure);
      await example.says('#activity-status', 'getInsights failed: TIMEOUT.');
      await example.present('[data-state="held"]');

      expect(await example.requests()).toMatchObject([
        { title: 'Late reply to getInsights', state: 'held', server: 'pserver' },
        { title: 'getInsights', state: 'failed', code: 'TIMEOUT' },
      ]);
      await example.page.click('[data-part="insights"] [data-action="try-again"]');
      await example.part('insights', 'ready');
      expect(await example.complaints()).toBe('');
      expect(await example.problems({ requests: [{ path, status: 'aborted' }] })).toEqual([]);
    });

    it('can be told to do without the token, which then never reaches the page', async () => {
      const gateway = await Example.open(getSetting(), { BANKSIDE_AUTH: 'gateway' });
      await gateway.present('#poller[data-status="polling"]');
      const paths = gateway.observed.requests.map((request) => request.path);
      expect(paths).toContain('/gateway/pserver');
      expect(paths).toContain('/gateway/linxo/queues/subscribe');
      expect(paths.filter((path) => path.startsWith('/session/'))).toEqual([]);
      expect((await gateway.requests()).filter(({ state }) => state !== 'answered')).toEqual([]);
      expect(await gateway.problems()).toEqual([]);
      await gateway.close();
    });
  });
}
