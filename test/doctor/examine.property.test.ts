import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf, type Subject } from '../../src/doctor/examine.ts';
import { ENRICH, type Examined, examined, LINXO, OB, PSERVER } from './fixtures/examined.ts';
import type { Change } from './fixtures/fake-sender.ts';

const SECRET = 'S3cret';

const secretly = (text: string): string => `${SECRET}${text}${SECRET}`;

/** Whatever a server may say. All that must not be shown is marked. */
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc.record(
    {
      status: fc.oneof(
        fc.constantFrom(0, 200, 201, 204, 304, 400, 401, 404, 410, 413, 500),
        fc.integer({ min: 200, max: 599 }),
      ),
      headers: fc.record(
        {
          location: fc.oneof(
            fc.webPath().map(secretly),
            fc.constant(`/queues/${SECRET}`),
            fc.string().map(secretly),
          ),
          date: fc.oneof(fc.string(), fc.date().map(String)),
          'retry-after': fc.string(),
          'cache-control': fc.string(),
          age: fc.string(),
        },
        { requiredKeys: [] },
      ),
      exposed: fc.subarray(['location', 'retry-after', 'date']),
      text: fc.oneof(fc.json().map(secretly), fc.string().map(secretly), fc.constant('[]'), fc.constant('')),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    findings: fc.subarray(['unreachable', 'answer-origin', 'preflight-origin', 'redirect'] as const),
  }),
);

const subjects: fc.Arbitrary<readonly Subject[]> = fc
  .tuple(fc.subarray([PSERVER, ENRICH, OB, LINXO]), fc.constantFrom('valid', 'missing', 'none'))
  .map(([chosen, token]) => chosen.map((subject) => ({ ...subject, token }) as Subject));

const examination = fc.record({
  subjects,
  changes: fc.array(change, { minLength: 25, maxLength: 25 }),
  isPage: fc.boolean(),
});

type Given = typeof examination extends fc.Arbitrary<infer G> ? G : never;

/** Each request is answered in another way. */
function answered({ subjects: chosen, changes, isPage }: Given): Promise<Examined> {
  let count = -1;
  return examined(chosen, {
    isPage,
    change() {
      count += 1;
      return changes[count];
    },
  });
}

describe('whatever a server answers', () => {
  it('the examination ends, and sends nothing but what is planned', async () => {
    await fc.assert(
      fc.asyncProperty(examination, async (given) => {
        const { sender } = await answered(given);

        const planned = planOf(given.subjects).map((line) => line.slice(2).replace(/: it .*$/, ''));
        expect(planned).toEqual(expect.arrayContaining([...sender.names]));
        // After a request that failed, that one shows whether the server still answers.
        const once = sender.names.filter((name) => !name.endsWith('with a further field'));
        expect(new Set(once).size).toBe(once.length);
      }),
    );
  });

  it('no part of a body, no address and no id is shown, and all is on one line', async () => {
    await fc.assert(
      fc.asyncProperty(examination, async (given) => {
        const { findings, checks } = await answered(given);

        const shown = JSON.stringify([findings.map(({ seen, request }) => [seen, request]), checks]);
        expect(shown).not.toContain(SECRET);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(findings.filter(({ seen }) => /[\u0000-\u001f\u2028\u202e]/.test(seen))).toEqual([]);
      }),
    );
  });

  it('there is a finding if and only if a check says that something was found', async () => {
    await fc.assert(
      fc.asyncProperty(examination, async (given) => {
        const { findings, named } = await answered(given);
        expect(findings.length > 0).toBe(named('found').length > 0);
      }),
    );
  });
});
