import { expect, test } from 'vitest';
import { createSandbox, type Fault } from '../../src/testing/index.ts';

test.each([
  [null, 'must be an object'],
  ['slow', 'must be an object'],
  [{}, '"kind" must be slow, error, never'],
  [{ kind: 'explode' }, '"kind" must be'],
  [{ kind: 'constructor' }, '"kind" must be'],
  [{ kind: 'slow', status: 500 }, 'has no field "status"'],
  [{ kind: 'garbage', ms: 5 }, 'has no field "ms"'],
  [{ kind: 'slow', ms: -1 }, '"ms" must be a whole number from 0'],
  [{ kind: 'slow', ms: '5' }, '"ms" must be'],
  [{ kind: 'error', status: 200 }, '"status" must be a whole number from 400 to 599'],
  [{ kind: 'error', body: 'xml' }, '"body" must be json, html, empty'],
  [{ kind: 'error', retryAfter: -1 }, '"retryAfter" must be'],
  [{ kind: 'never', server: 'bank' }, '"server" must be pserver, enrich, ob, linxo'],
  [{ kind: 'twice', server: 'linxo' }, 'The "server" of a fault "twice" must be pserver, enrich, ob.'],
  [{ kind: 'lost', server: 'ob' }, 'The "server" of a fault "lost" must be linxo.'],
  [
    { kind: 'never', server: 'linxo', type: 'getInsights' },
    '"type" of a fault "never" must be subscribe, queue',
  ],
  [{ kind: 'duplicate', type: 'connection' }, 'The "type" of a fault "duplicate" must be queue.'],
  [{ kind: 'truncated', type: 'subscribe' }, 'must be queue, connection.'],
  [{ kind: 'burst', events: 0 }, '"events" must be a whole number from 1'],
  [{ kind: 'error', retryAfterForm: 'soon' }, '"retryAfterForm" must be seconds, date, garbage'],
  [{ kind: 'never', type: '' }, '"type" must be a text'],
  [{ kind: 'never', count: 0 }, '"count" must be'],
  [{ kind: 'never', probability: 0 }, '"probability" must be'],
  [{ kind: 'never', probability: 1.1 }, '"probability" must be'],
  [{ kind: 'never', count: 1, probability: 0.5 }, 'not both'],
])('%j is refused with a word why', (fault, why) => {
  expect(() => createSandbox().fault(fault as Fault)).toThrow(TypeError);
  expect(() => createSandbox().fault(fault as Fault)).toThrow(why);
});
