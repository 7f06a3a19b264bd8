import { describe, expect, it } from 'vitest';
import { quiet, until } from '../fixtures/clock.ts';
import type { Driver } from './driver.ts';
import type { HandOver } from './hand-overs.ts';
import type { Wire } from './wired.ts';

const HALF = '\ud83c end \udfe6 of \ud83c';

/** 10 MB of UTF-8, before it is escaped. Most of its characters have three bytes, so that fewer are needed. */
const LARGE = `${'漢字'.repeat(50)}ż🏦</script>"\\`.repeat(33_000);

const hostile: readonly (readonly [what: string, text: string])[] = [
  ['quotes and backslashes', `'"\`\\'\\"\\\\ \${1} %27 &quot;`],
  ['the end of a script', '</script><script>throw 1</script><!--<script>-->]]>'],
  ['line separators', 'a\u2028b\u2029c\r\nd\te\u0085f'],
  ['NUL and control characters', '\u0000\u0001\u001f\u007f\ufeff\ufffe'],
  ['emoji and other scripts', '🏦👩‍👩‍👧 Żółć العربية ﷽'],
  ['what looks like code', '");alert(1);//\n*/ constructor.prototype'],
];

/** B5, S4: what is asked and what is answered arrives as it is, whatever it is. */
export function carriesWhatItIsGiven({ cannot = {} }: Driver, { cannot: never }: HandOver, wire: Wire): void {
  const texts = cannot['carry half characters'] ? hostile : [...hostile, ['halves of a pair', HALF] as const];

  describe('B5 what is carried', () => {
    it.each([...hostile, ['halves of a pair', HALF] as const])(
      'S4 %s in objects, as key and value, both ways',
      async (_what, text) => {
        const { ask, arrival, replies, bodyOf } = await wire();
        const body = { type: 'rateInsight', [text]: [text, { deep: text }] };
        ask(body, 'r1');
        const arrived = await arrival();
        arrived.answer({ ok: true, [text]: [text, { deep: text }] });

        expect(objectOf(arrived.body)).toEqual(bodyOf(body));
        expect(await replies(1)).toEqual([[{ ok: true, [text]: [text, { deep: text }] }, 'r1']]);
      },
    );

    it.each(never['send texts'] ? [] : texts)(
      'B5 %s in a body that is text, byte for byte',
      async (_what, text) => {
        const body = `{ "type" : "rateInsight",  "text":${quoted(text)} }`;
        const { ask, arrival, replies } = await wire();
        ask(body, 'r1');
        const arrived = await arrival();
        arrived.answer({ ok: true });

        expect(arrived.body).toBe(body);
        await replies(1);
      },
    );

    it.each(['', ' ', '[]', '"text"', 'no JSON', '{"half":'])(
      'B5 the page’s own body %j, which is text',
      async (body) => {
        const { bridge, arrival } = await wire();
        const sending = bridge.send('pserver', body);
        const arrived = await arrival();
        arrived.answer({ ok: true });

        expect(await sending).toEqual({ ok: true });
        expect(arrived.body).toBe(body);
      },
    );

    it('S4 keys that pollute change nothing, and arrive', async () => {
      const text =
        '{"type":"rateInsight","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
      const { ask, arrival, replies, bodyOf } = await wire();
      ask(JSON.parse(text), 'r1');
      const arrived = await arrival();
      arrived.answer(JSON.parse(text));
      const [[reply] = []] = await replies(1);

      expect(JSON.stringify(objectOf(arrived.body))).toBe(JSON.stringify(bodyOf(JSON.parse(text))));
      expect(JSON.stringify(reply)).toBe(text);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });

    if (!never['send texts']) {
      it('B5 10 MB each way, in a string and in an object', async () => {
        const { ask, arrival, replies } = await wire();
        const body = { type: 'rateInsight', large: LARGE };
        ask(JSON.stringify(body), 'r1');
        (await arrival()).answer({ large: LARGE });
        ask(body, 'r2');
        const second = await arrival(2);
        second.answer({ large: LARGE });

        expect((objectOf(second.body) as { large: string }).large === LARGE).toBe(true);
        const received = await replies(2);
        expect(received.map(([reply]) => (reply as { large: string }).large === LARGE)).toEqual([true, true]);
      });
    }

    it('B11 an empty answer', async () => {
      const { ask, arrival, replies } = await wire();
      ask({ type: 'rateInsight' }, 'r1');
      (await arrival()).answer({});

      expect(await replies(1)).toEqual([[{}, 'r1']]);
    });

    if (!cannot['carry headers'] && !never['choose headers']) {
      it('T1 the headers that the widget asks for', async () => {
        const { ask, arrival, replies } = await wire();
        ask({ type: 'rateInsight' }, 'r1', 'pserver', { 'X-Trace': '7', 'x-other': 'a b' });
        const arrived = await arrival();
        arrived.answer({});

        expect(arrived.headers).toMatchObject({ 'x-trace': '7', 'x-other': 'a b' });
        await replies(1);
      });
    }

    if (!cannot['carry notices']) {
      it('B4 what wants no answer arrives too, and is no request', async () => {
        const { bridge, arrivals, notices = [] } = await wire();
        const data = { page: 'insights', text: '"</script>\u2028🏦' };
        bridge.handlePersoEvent({ requestString: 'navigateToPage', json: { requestData: data } });
        await until(() => notices.length > 0);
        await quiet();

        expect(notices).toEqual([['navigateToPage', data]]);
        expect(arrivals).toEqual([]);
      });
    }
  });
}

/** A body as an object, whichever way it came. */
function objectOf(body: unknown): unknown {
  return typeof body === 'string' ? JSON.parse(body) : body;
}

/** As JSON, but with halves of pairs as they are. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\ud[89a-f]../g, (half) => JSON.parse(`"${half}"`));
}
