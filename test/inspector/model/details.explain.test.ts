import { describe, expect, test } from 'vitest';
import { explain } from '../../../src/inspector/model/details.ts';
import { errorCodes } from '../fixtures/error-codes.ts';
import { attempt, entriesIn, event, failure, logOf, request } from '../fixtures/log-of.ts';

describe('an explanation', () => {
  test.each(errorCodes)('exists for %s', (code) => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), failure(1, 1, code)));
    expect(entry && explain(entry)).toMatch(/\S.*\.$/);
  });

  test('is empty for an unknown code, whatever its name is', () => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), failure(1, 1, 'constructor' as never)));
    expect(entry && explain(entry)).toBe('');
  });

  test.each([
    ['waits for a token', [attempt(1, 1, 'token', 0)], /has not been sent/],
    ['is at the server', [attempt(1, 1, 'sent', 1)], /at the server/],
    ['is in a transport that reports nothing', [], /does not report/],
    ['waits for its repeat', [attempt(1, 1, 'sent', 1), attempt(1, 2, 'retry', 1, 503)], /next one waits/],
  ] as const)('a request that %s', (_how, steps, text) => {
    const [entry] = entriesIn(logOf(event('request', 0, request(1)), ...steps));
    expect(entry && explain(entry)).toMatch(text);
  });
});
