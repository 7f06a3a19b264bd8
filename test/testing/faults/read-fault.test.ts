import { expect, test } from 'vitest';
import { createSandbox, type Fault } from '../../../src/testing/index.ts';

test.each([
  [null, 'must be an object'],
  ['slow', 'must be an object'],
  [{}, '"kind" must be one of slow, error, never'],
  [{ kind: 'explode' }, 'burst, gone, not "explode".'],
  [{ kind: 'constructor' }, '"kind" must be'],
  [
    { kind: 'slow', status: 500 },
    'A fault\'s "status" is not known. Known are kind, ms, server, type, count, probability.',
  ],
  [{ kind: 'garbage', ms: 5 }, '"ms" is not known.'],
  [{ kind: 'slow', ms: -1 }, 'A fault\'s "ms" must be a whole number from 0 to 600000, not -1.'],
  [{ kind: 'slow', ms: '5' }, 'must be a whole number from 0 to 600000, not "5".'],
  [{ kind: 'error', status: 200 }, '"status" must be a whole number from 400 to 599'],
  [{ kind: 'error', body: 'xml' }, '"body" must be one of json, html, empty, not "xml".'],
  [{ kind: 'error', retryAfter: -1 }, '"retryAfter" must be'],
  [{ kind: 'never', server: 'bank' }, '"server" must be one of pserver, enrich, ob, linxo, not "bank".'],
  [
    { kind: 'twice', server: 'linxo' },
    '"server" must be one of pserver, enrich, ob with the kind "twice", not "linxo".',
  ],
  [{ kind: 'lost', server: 'ob' }, '"server" must be linxo with the kind "lost", not "ob".'],
  [
    { kind: 'never', server: 'linxo', type: 'getInsights' },
    '"type" must be one of subscribe, queue, connection, account, transaction, user with the kind "never" and the server linxo, not "getInsights".',
  ],
  [{ kind: 'duplicate', type: 'connection' }, '"type" must be queue with the kind "duplicate" and'],
  [
    { kind: 'truncated', type: 'subscribe' },
    'must be one of queue, connection, account, transaction, user with the kind "truncated" and',
  ],
  [{ kind: 'burst', events: 0 }, '"events" must be a whole number from 1'],
  [
    { kind: 'error', retryAfterForm: 'soon' },
    'must be one of seconds, decimal, twice, date, past, unix, garbage, not "soon".',
  ],
  [{ kind: 'never', type: '' }, '"type" must be a string'],
  [{ kind: 'never', count: 0 }, '"count" must be'],
  [{ kind: 'never', probability: 0 }, '"probability" must be'],
  [{ kind: 'never', probability: 1.1 }, '"probability" must be'],
  [{ kind: 'never', count: 1, probability: 0.5 }, '"probability" must be omitted if there is a "count"'],
])('%j is rejected with a reason', (fault, why) => {
  expect(() => createSandbox().fault(fault as Fault)).toThrow(TypeError);
  expect(() => createSandbox().fault(fault as Fault)).toThrow(why);
});
