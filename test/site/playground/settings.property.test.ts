import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readSettings } from '../../../site/playground/read-settings.ts';
import type { Settings } from '../../../site/playground/settings.ts';
import { writeSettings } from '../../../site/playground/write-settings.ts';
import { FAULT_KINDS } from '../../../src/testing/faults/read-fault.ts';
import type { Fault } from '../../../src/testing/index.ts';
import { SCENARIO_NAMES } from '../../../src/testing/linxo/scenarios.ts';
import { printable } from '../../../src/text/printable.ts';
import { CODES, REPLIES, SHOWN_IN, WIDGETS } from './fixtures/choices.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
const ms = fc.nat(600_000);
const ownFields: { readonly [K in Fault['kind']]?: Readonly<Record<string, fc.Arbitrary<unknown>>> } = {
  slow: { ms },
  twice: { ms },
  late: { ms },
  burst: { events: fc.integer({ min: 1, max: 100_000 }) },
  error: {
    status: fc.integer({ min: 400, max: 599 }),
    body: fc.constantFrom('json', 'html', 'empty'),
    retryAfter: fc.nat(86_400),
    retryAfterForm: fc.constantFrom('seconds', 'decimal', 'twice', 'date', 'past', 'unix', 'garbage'),
  },
};
const scope = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 1_000 }) }),
  fc.record({ probability: fc.double({ min: 0, minExcluded: true, max: 1, noNaN: true }) }),
  fc.record({}),
);

/** Any fault with any of its fields, and a scope that it can have. */
const fault = fc.constantFrom(...Object.entries(FAULT_KINDS)).chain(([kind, { servers, operations }]) => {
  const isOfWidget = servers.some((server) => server !== 'linxo');
  const type = isOfWidget ? text : fc.constantFrom(...(operations ?? ['queue', 'connection']));
  const server = fc.constantFrom(...servers.filter((name) => !isOfWidget || name !== 'linxo'));
  const own = ownFields[kind as Fault['kind']] ?? {};
  return fc
    .tuple(fc.record({ ...own, server, type }, { requiredKeys: [] }), scope)
    .map(([fields, times]) => ({ kind, ...fields, ...times }) as unknown as Fault);
});

const settings: fc.Arbitrary<Settings> = fc.record({
  shownIn: fc.constantFrom(...SHOWN_IN),
  widget: fc.constantFrom(...WIDGETS),
  replies: fc.constantFrom(...REPLIES),
  timeout: fc.integer({ min: 1, max: 600_000 }),
  faults: fc.array(fault, { maxLength: 50 }),
  synchronisation: fc.constantFrom(...SCENARIO_NAMES, 'random' as const, 'none' as const),
  speed: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
  seed: fc.nat(1_000_000_000),
  code: fc.constantFrom(...CODES),
});

it('the address keeps all settings, with every field of the faults', () => {
  fc.assert(
    fc.property(settings, (some) => {
      expect(readSettings(writeSettings(some))).toEqual({ settings: some, leftOut: [] });
    }),
  );
});

const name = fc.oneof(fc.constantFrom('in', 'timeout', 'fault', 'seed', '__proto__', 'toString'), text);
const value = fc.oneof(
  fault.map((one) => JSON.stringify(one)),
  fc.string({ unit: 'binary' }),
);
const query = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.tuple(name, value)).map((pairs) => new URLSearchParams(pairs).toString()),
  fc.array(text, { maxLength: 6 }).map((parts) => `fault=${parts.join(',')}`),
  fc.array(text, { maxLength: 6 }).map((parts) => `fault=slow,${parts.join('=')}`),
);

it('any link can be read, and gives settings that can be written', () => {
  fc.assert(
    fc.property(query, (search) => {
      const read = readSettings(search).settings;
      expect(readSettings(writeSettings(read))).toEqual({ settings: read, leftOut: [] });
    }),
  );
});

it('what is left out is quoted in short, on one line', () => {
  fc.assert(
    fc.property(query, (search) => {
      const { leftOut } = readSettings(search);
      expect(leftOut.length).toBeLessThanOrEqual(6);
      for (const words of leftOut) {
        expect(words.length).toBeLessThan(230);
        expect(words).toBe(printable(words));
      }
    }),
  );
});
