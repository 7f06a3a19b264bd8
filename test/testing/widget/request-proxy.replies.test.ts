import { describe, expect, it, vi } from 'vitest';
import { base64, initialized, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

/** The callback that gets a reply, and its argument. */
function outcomeOf(reply: unknown, options: object = {}): [outcome: string, given: unknown][] {
  const { widget, idOf } = initialized(options);
  const outcomes: [string, unknown][] = [];
  widget.getBudgetsCategories(
    (given) => outcomes.push(['success', given]),
    (given) => outcomes.push(['failure', given]),
  );
  widget.handlePServerResponse(reply, idOf('getBudgetsCategories'));
  return outcomes;
}

const successes: readonly unknown[] = [
  { ok: true },
  { ok: 1 },
  { ok: '1' },
  { status: 200 },
  { status: '200' },
  { status: ' 200 ' },
  { ok: true, status: '600' },
  { ok: 'true', status: '200' },
  { ok: false, status: 200 },
];

const failures: readonly unknown[] = [
  {},
  null,
  undefined,
  [1],
  { ok: 'true' },
  { ok: false },
  { ok: null },
  { status: '200 OK' },
  { status: '201' },
  7,
  true,
  '{"ok":true}',
  '',
  base64('{"ok":true}'),
  { insights: [] },
];

describe('a reply', () => {
  it.each(successes)('B11 is a success: %j', (reply) => {
    expect(outcomeOf(reply)).toEqual([['success', reply]]);
  });

  it('B11 is a success as a list or a String with such fields, and with an inherited status', () => {
    const list = Object.assign([1], { ok: true });
    const text = Object.assign(new String('x'), { status: 200 });
    const inherited = Object.create({ status: 200 });
    for (const reply of [list, text, inherited]) expect(outcomeOf(reply)).toEqual([['success', reply]]);
  });

  it.each(failures)('B11 is a failure, and is passed on unchanged: %j', (reply) => {
    expect(outcomeOf(reply)).toEqual([['failure', reply]]);
  });

  it('B11 is a failure with an inherited ok', () => {
    expect(outcomeOf(Object.create({ ok: true }))).toMatchObject([['failure', {}]]);
  });

  it('B2 with an unknown id is ignored', () => {
    const { widget, calls } = initialized();
    expect(widget.handlePServerResponse({ ok: true }, 'unknown')).toBeUndefined();
    widget.handlePServerResponse({ ok: false }, 'toString');
    expect(calls).toEqual([]);
  });

  it('B1 that is repeated calls the callbacks again', () => {
    const { widget, reply } = initialized();
    const [ok, fail] = [vi.fn(), vi.fn()];
    widget.getBudgetsCategories(ok, fail);
    reply('getBudgetsCategories', { ok: true });
    reply('getBudgetsCategories', { ok: true });
    reply('getBudgetsCategories', { ok: false });
    expect([ok.mock.calls.length, fail.mock.calls.length]).toEqual([2, 1]);
  });

  it('without callbacks is a failure that calls sessionError; without a failure callback nothing else happens', () => {
    const { widget, reply, argsOf } = initialized();
    widget.getBudgetsCategories();
    reply('getBudgetsCategories', { ok: true });
    expect(argsOf('sessionError')).toEqual([[{ ok: true }]]);
  });

  it('throws the error of a callback, and throws for a success callback that is null', () => {
    const { widget, reply } = initialized();
    widget.getBudgetsCategories(() => {
      throw new Error('view');
    });
    expect(() => reply('getBudgetsCategories', { ok: true })).toThrow('view');
    widget.getBudgetsCategories(null);
    expect(() => reply('getBudgetsCategories', { ok: true })).toThrow(TypeError);
  });
});

describe('the reply functions', () => {
  it('B2 handlePServerResponse calls the current this.handleServerResponse', () => {
    const { widget } = initialized();
    const got: unknown[] = [];
    widget.handleServerResponse = function (this: unknown, ...args) {
      got.push([this, ...args]);
    };
    expect(widget.handlePServerResponse({ ok: true }, 'r1')).toBeUndefined();
    expect(got).toEqual([[widget, { ok: true }, 'r1']]);
  });

  it('B2 need the widget as this', () => {
    const { handlePServerResponse, handleServerResponse } = initialized().widget;
    expect(() => handlePServerResponse({}, 'r1')).toThrow(TypeError);
    expect(() => handleServerResponse({}, 'r1')).toThrow(TypeError);
  });

  it('B2 call pserverProxy, if it has an own function', () => {
    const { widget } = initialized();
    const took = vi.fn();
    const proxy = { handleServerResponse: took };
    widget.pserverProxy = proxy;
    widget.handlePServerResponse('reply', 'r1');
    expect(took.mock.calls).toEqual([['reply', 'r1']]);
    widget.pserverProxy = Object.create(proxy);
    widget.handlePServerResponse('reply', 'r1');
    expect(took).toHaveBeenCalledTimes(1);
  });

  it('B2 record which of them got a reply within a reply', () => {
    const { widget, idOf } = initialized();
    widget.getBudgetsCategories(() => {
      widget.handleServerResponse({ ok: true }, idOf('getInsights'));
      widget.handlePServerResponse({ ok: true }, idOf('getInboxInsights'));
      widget.handleServerResponse({ ok: true }, idOf('getInsights'));
    });
    widget.getInsights(undefined, () => {});
    widget.getInboxInsights(undefined, () => {});
    widget.handlePServerResponse({ ok: true }, idOf('getBudgetsCategories'));
    expect(widget.replies.map(({ through }) => through)).toEqual([
      'handlePServerResponse',
      'handleServerResponse',
      'handlePServerResponse',
      'handleServerResponse',
    ]);
  });

  it('B2 record which of them got a reply', () => {
    const { widget, idOf } = initialized();
    widget.getBudgetsCategories(() => {});
    const id = idOf('getBudgetsCategories');
    widget.handlePServerResponse({ ok: true }, id);
    widget.handleServerResponse({ ok: true }, id);
    expect(widget.replies).toEqual([
      { response: { ok: true }, requestId: id, through: 'handlePServerResponse', isWithinCall: false },
      { response: { ok: true }, requestId: id, through: 'handleServerResponse', isWithinCall: false },
    ]);
  });
});

describe('with Base64', () => {
  const on = { base64EncodeResponse: true };

  it.each(['{"ok":true,"t":"é € 日 x"}', '{"ok":1}', '{"ok":true,"t":"\\ud83d\\ude00"}', '{"status":200}'])(
    'B11 reads %s, with and without padding',
    (json) => {
      const text = base64(json);
      expect(outcomeOf(text, on)).toEqual([['success', JSON.parse(json)]]);
      expect(outcomeOf(text.replace(/=+$/, ''), on)).toEqual([['success', JSON.parse(json)]]);
    },
  );

  it.each([...successes, ...failures].filter((reply) => reply !== undefined))(
    'B11 has the same rule for %j',
    (reply) => {
      const [[outcome] = []] = outcomeOf(reply);
      expect(outcomeOf(base64(JSON.stringify(reply)), on)).toEqual([[outcome, reply]]);
    },
  );

  it.each([
    ['a character of four bytes', base64('{"ok":true,"t":"😀"}')],
    ['one in the middle of a string', base64('{"ok":true,"t":"😀 and so on"}')],
    ['one of another plane', base64('{"ok":true,"t":"a 𠮷 b"}')],
    ['line breaks as Android makes them', base64('{"ok":true,"t":"so long"}').replace(/.{16}/g, '$&\r\n')],
    ['a line break', base64('{"ok":true,"t":"so long"}').replace(/^.{8}/, '$&\n')],
    ['a line break at the end', `${base64('{"ok":true}')}\n`],
    ['quotes around it', `"${base64('{"ok":true}')}"`],
    ['JSON', '{"ok":true}'],
    ['nothing', ''],
    ['no JSON in it', base64('hello')],
  ])('B11 throws a SyntaxError for %s', (_what, text) => {
    expect(() => outcomeOf(text, on)).toThrow(SyntaxError);
  });

  it.each([[{ ok: true }], [[1]], [7], [null], [undefined]])('B11 throws a TypeError for %j', (reply) => {
    expect(() => outcomeOf(reply, on)).toThrow(TypeError);
  });

  // With each text at all three positions in a group of four Base64 characters.
  it.each(['>>>>', '????', '~~~', 'co€', 's日本', 'é?é', '?é', 'o/ü', 'π>√2', '＃o＃c＃', '·¿?'])(
    'B11 reads the URL-safe alphabet as wrong characters, without an error: %s',
    (text) => {
      let changed = 0;
      for (const before of ['', 'a', 'aa']) {
        const json = `{"ok":true,"t":"${before}${text}","n":1}`;
        const urlSafe = base64(json).replaceAll('+', '-').replaceAll('/', '_');
        const [[outcome, reply] = []] = outcomeOf(urlSafe, on);
        expect([outcome, (reply as { n: number }).n]).toEqual(['success', 1]);
        const isUsed = /[-_]/.test(urlSafe);
        if (isUsed) {
          changed += 1;
          expect(reply).not.toEqual(JSON.parse(json));
          expect(JSON.stringify(reply)).toContain('\uffff');
        } else {
          expect(reply).toEqual(JSON.parse(json));
        }
      }
      expect(changed).toBeGreaterThan(0);
    },
  );

  it('B11 throws a SyntaxError if the URL-safe alphabet results in invalid JSON', () => {
    expect(() => outcomeOf('-_-_', on)).toThrow(SyntaxError);
  });

  it('B11 an unreadable reply keeps the view loading, and is a fault', () => {
    const { widget, reply } = initialized(on);
    widget.startWidget({});
    expect(() => reply('getInboxInsights', '😀')).toThrow(SyntaxError);
    expect(widget.views[0]?.state).toBe('loading');
    expect(() => widget.assertExactlyOnce()).toThrow('did not reach its callback: SyntaxError');
  });
});
