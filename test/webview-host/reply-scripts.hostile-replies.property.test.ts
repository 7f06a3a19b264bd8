import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipientCheck } from '../../src/webview-host/page-guard.ts';
import { asciiJson, type HostReplyForm, replyScripts } from '../../src/webview-host/reply-scripts.ts';
import { StandInPage } from './fixtures/stand-in-page.ts';

const NASTY = [
  '"',
  "'",
  '`',
  '\\',
  `\${1}`,
  '</script>',
  '<!--',
  ']]>',
  '\u2028',
  '\u2029',
  '\n',
  '\0',
  '%22',
  '\ud83c',
  '\udfe6',
  '🏦',
  '\ufeff',
  ');throw 1;(',
  '*/',
  '//',
  '__proto__',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' })), { maxLength: 5 })
  .map((parts) => parts.join(''));

/** Whatever JSON can say, with keys as nasty as texts. */
const reply = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  }))
  .object.map((value) => JSON.parse(JSON.stringify(value)) as object);

const requestId = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
);
const form = fc.constantFrom<HostReplyForm>('base64', 'json', 'object');
const pieceSize = fc.integer({ min: 1, max: 60 });

/** Of a page without a clock and an address. */
const condition = recipientCheck({
  origin: undefined,
  asked: { date: Date.now() + 0.123_456, time: performance.now() },
});

/** What the page got, as JSON text of this realm. */
function read(given: unknown, as: HostReplyForm): string {
  if (as === 'object') return JSON.stringify(given);
  const json = as === 'json' ? (given as string) : Buffer.from(given as string, 'base64').toString();
  return JSON.stringify(JSON.parse(json));
}

describe('whatever a reply is', () => {
  it('S4 the page gets exactly it, once, and nothing else happens there', () => {
    const page = new StandInPage();
    const before = Object.keys(page.window);
    fc.assert(
      fc.property(reply, requestId, form, pieceSize, (given, id, as, size) => {
        page.replies.length = 0;
        const scripts = [
          ...replyScripts(asciiJson(given), id, condition, {
            widget: 'personetics',
            form: as,
            pieceSize: size,
          }),
        ];
        const values = scripts.map((script) => page.run(script));

        expect(values.every((value) => value === true)).toBe(true);
        expect(page.replies.map(([got, to]) => [read(got, as), to])).toEqual([
          [JSON.stringify(given), id === 0 ? 0 : id],
        ]);
        expect(page.errors).toEqual([]);
        expect(Object.keys(page.window)).toEqual(before);
      }),
    );
    expect(page.run('({}).polluted')).toBeUndefined();
  });

  it('S4 its scripts are printable ASCII that ends no script element, and of a bounded length', () => {
    fc.assert(
      fc.property(reply, fc.integer(), form, pieceSize, (given, id, as, size) => {
        const moment = { date: Date.now() + 0.123_456, time: performance.now() };
        const longest = recipientCheck({ origin: 'app://Żółć<%"', asked: moment, after: moment });
        for (const script of replyScripts(asciiJson(given), id, longest, {
          widget: 'personetics',
          form: as,
          pieceSize: size,
        })) {
          expect(script).toMatch(/^[ -$&-;=-~]+$/);
          expect(script.length).toBeLessThan(2 * size + 1_500);
        }
      }),
    );
  });

  it('S4 pieces of many replies, mixed in any order that keeps each one’s own, come together', () => {
    // A few pieces mix in as many ways as hundreds, in a quarter of the time.
    const pieces = fc.integer({ min: 1, max: 8 });
    const mixed = fc.array(reply, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(mixed, fc.infiniteStream(fc.nat(3)), pieces, (replies, order, count) => {
        const page = new StandInPage();
        const queues = replies.map((given, id) => {
          const json = asciiJson(given);
          const size = Math.ceil(json.length / count);
          return [
            ...replyScripts(json, id, condition, { widget: 'personetics', form: 'json', pieceSize: size }),
          ];
        });
        for (const which of order) {
          const left = queues.filter(({ length }) => length > 0);
          if (left.length === 0) break;
          page.run(left[which % left.length]?.shift() ?? '');
        }

        const got = page.replies.map(([json, id]) => [id, JSON.stringify(JSON.parse(json as string))]);
        expect(Object.fromEntries(got)).toEqual(
          Object.fromEntries(replies.map((given, id) => [id, JSON.stringify(given)])),
        );
        expect(got).toHaveLength(replies.length);
        expect(page.window).not.toHaveProperty('banksideReplies');
      }),
    );
  });
});
