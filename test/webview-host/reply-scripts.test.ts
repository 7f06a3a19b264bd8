import { describe, expect, it } from 'vitest';
import { FAILURE } from '../bridge/fixtures/failure-reply.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';

const { setUp, reported } = hostTests();

const reply = { ok: true, text: 'Żółć 🏦 \ud83c </script>' };

/** Has the one request of a host answered. */
async function answer(
  { ask, transport }: Pick<ReturnType<typeof setUp>, 'ask' | 'transport'>,
  response: unknown = reply,
) {
  ask('1');
  transport.last.answer(response);
  await turn();
}

describe('the form of a reply', () => {
  it('is Base64 of JSON', async () => {
    const parts = setUp();
    await answer(parts);

    expect(parts.page.replies).toEqual([[expect.stringMatching(/^[\w+/]+=*$/), '1']]);
    expect(parts.page.read).toEqual([[reply, '1']]);
  });

  it('is JSON text, if the app says so', async () => {
    const parts = setUp({ reply: 'json' });
    await answer(parts);

    expect(parts.page.replies.map(([text]) => JSON.parse(text as string))).toEqual([reply]);
  });

  it('is the parsed object, if the app says so', async () => {
    const parts = setUp({ reply: 'object' });
    await answer(parts);

    expect(parts.page.replies).toEqual([[reply, '1']]);
  });

  it.each(['base64', 'json', 'object'] as const)('is that of failure replies too: %s', async (form) => {
    const parts = setUp({ reply: form, failureReply: ({ code }) => ({ ok: false, code }) });
    parts.ask('1');
    parts.transport.last.fail(new Error('no network'));
    await turn();

    const [[given] = []] = form === 'base64' ? parts.page.read : parts.page.replies;
    expect(form === 'json' ? JSON.parse(given as string) : given).toEqual({ ok: false, code: 'NETWORK' });
  });

  it.each([
    ['JSON text', JSON.stringify(reply)],
    ['Base64 of JSON', Buffer.from(JSON.stringify(reply)).toString('base64')],
  ])('is the same where the server answers %s', async (_what, response) => {
    const parts = setUp();
    await answer(parts, response);

    expect(parts.page.read).toEqual([[reply, '1']]);
  });

  it('is a failure reply where the transport’s object is not to be written', async () => {
    const parts = setUp();
    const response: { self?: unknown } = {};
    response.self = response;
    await answer(parts, response);

    expect(parts.page.read).toEqual([[FAILURE, '1']]);
    expect(parts.errors()).toMatchObject([{ code: 'INVALID_OPTIONS', cause: { name: 'TypeError' } }]);
  });

  it('is a failure reply where there is no reply', async () => {
    const parts = setUp();
    await answer(parts, { toJSON: () => undefined });

    expect(parts.page.read).toEqual([[FAILURE, '1']]);
  });
});

describe('a script', () => {
  it('ends with true, which is its value', async () => {
    const parts = setUp();
    await answer(parts);
    const [script = ''] = parts.page.scripts;

    expect(script).toMatch(/;true;$/);
    expect(parts.page.run(script)).toBe(true);
  });

  it('is printable ASCII, in which nothing ends a script element or escapes as in an address', async () => {
    const parts = setUp();
    parts.ask('</script>\u2028%22');
    parts.transport.last.answer({ ...reply, '\u2028\u2029\u0000%22<!--': '\ud83c\ud83c' });
    await turn();

    expect(parts.page.scripts).toEqual([expect.stringMatching(/^[ -~]+$/)]);
    expect(parts.page.scripts[0]).not.toMatch(/[<%]/);
    expect(parts.page.replies).toMatchObject([[expect.any(String), '</script>\u2028%22']]);
  });

  it('leaves nothing on the page', async () => {
    const parts = setUp();
    const before = Object.keys(parts.page.window);
    await answer(parts);

    expect(Object.keys(parts.page.window)).toEqual(before);
  });
});

describe('the page’s widget', () => {
  it.each(['app.widgets.main', 'window.app.$w', 'w$', 't', 'e'])('is found at %s', async (widget) => {
    const parts = setUp({ widget, reply: 'json' });
    const names = widget.split('.').filter((name) => name !== 'window');
    parts.page.load(names.reduceRight<object>((inner, name) => ({ [name]: inner }), parts.page.widget));
    await answer(parts, {});

    expect(parts.page.replies).toEqual([['{}', '1']]);
  });

  it('is found where it is a constant of a script, which is no property of the window', async () => {
    const parts = setUp({ reply: 'json' });
    parts.page.load({ held: parts.page.widget });
    parts.page.run('const personetics = held');
    await answer(parts, {});

    expect(parts.page.replies).toEqual([['{}', '1']]);
  });

  it('is called as what it is', async () => {
    const parts = setUp();
    const { widget } = parts.page;
    const callers: unknown[] = [];
    widget['handlePServerResponse'] = function (this: unknown) {
      callers.push(this);
    };
    await answer(parts);

    expect(callers).toEqual([widget]);
  });

  it('is answered through handleServerResponse where it has only that', async () => {
    const parts = setUp({ reply: 'json' });
    const { widget } = parts.page;
    widget['handleServerResponse'] = widget['handlePServerResponse'];
    widget['handlePServerResponse'] = undefined;
    await answer(parts, {});

    expect(parts.page.replies).toEqual([['{}', '1']]);
  });

  it('that throws does so on the page alone, by itself', async () => {
    const parts = setUp();
    const problem = new Error('of the widget');
    parts.page.widget['handlePServerResponse'] = () => {
      throw problem;
    };
    await answer(parts);

    expect(parts.page.errors).toEqual([problem]);
    expect(parts.failures).toEqual([]);
  });

  it('that is not there is an error on the page alone', async () => {
    const parts = setUp();
    parts.page.load({});
    await answer(parts);

    expect(parts.page.errors).toMatchObject([{ name: 'ReferenceError' }]);
  });
});

describe('an inject that fails', () => {
  const problem = new Error('no WebView');

  it('is reported as NO_CHANNEL, and its error as the app’s own', async () => {
    const parts = setUp({
      inject() {
        throw problem;
      },
    });
    await answer(parts);

    expect(parts.errors()).toMatchObject([
      { code: 'NO_CHANNEL', details: { requestId: '1', server: 'pserver' } },
    ]);
    expect(reported.splice(0)).toEqual([problem]);
  });

  it('later is the app’s own', async () => {
    const parts = setUp({ inject: () => Promise.reject(problem) });
    await answer(parts);

    expect(parts.errors()).toEqual([]);
    expect(reported.splice(0)).toEqual([problem]);
  });
});
