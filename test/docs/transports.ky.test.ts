import ky, { type Options } from 'ky';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { HttpTransportOptions, QueuePoller, Transport } from '../../src/index.ts';
import { origin } from './fixtures/bank-page.ts';
import { bankside } from './fixtures/built.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, arrived } = stage;

const under = (heading: string): Snippet => codeUnder('docs/transports.md', heading);
const READ = { type: 'getNumberOfInsights' };
const WRITE = { type: 'generateInsights' };
const path = `${origin}/gateway/pserver`;

/** Sends a command of the page's own over a transport of a snippet. */
async function ask(transport: Transport, body: object): Promise<unknown> {
  const bridge = new bankside.WidgetBridge({ transport });
  try {
    return await bridge.send('pserver', body);
  } finally {
    bridge.dispose();
  }
}

/** The values of one header, of all requests to the server. */
function sent(header: string, to = path): (string | null)[] {
  return arrived.filter(({ url }) => url.startsWith(to)).map(({ headers }) => headers.get(header));
}

/** The server answers with these in turn, and then as the sandbox does. */
function answerFirst(...answers: (() => Response)[]): void {
  stage.server.use(http.post(path, () => answers.shift()?.()));
}

const status = (code: number) => () => new HttpResponse(null, { status: code });

describe('an instance of the page’s own', () => {
  it('T1 adds its headers to each attempt, with a trace id of its own', async () => {
    const { transport } = await run(under('Your own ky'));
    answerFirst(status(503));

    expect(await ask(transport, READ)).toMatchObject({ ok: true });

    expect(sent('x-app')).toEqual(['online-banking', 'online-banking']);
    expect(sent('x-csrf-token')).toEqual([stage.page.csrfToken, stage.page.csrfToken]);
    expect(new Set(sent('x-trace-id')).size).toBe(2);
  });

  it('Q7 is the poller’s as well', async () => {
    const { poller } = (await run(under('Your own ky'))) as unknown as { poller: QueuePoller };
    onTestFinished(() => poller.stop());
    stage.server.use(http.post(`${origin}/gateway/linxo/*`, () => new HttpResponse(null, { status: 400 })));

    await expect(poller.start()).rejects.toMatchObject({ code: 'HTTP', details: { status: 400 } });

    expect(sent('x-app', `${origin}/gateway/linxo`)).toEqual(['online-banking']);
  });
});

describe('the table of what becomes of an instance', () => {
  /** The options that `fetch` is called with. */
  async function optionsOf(
    given: Options,
    more: Partial<HttpTransportOptions> = {},
  ): Promise<readonly RequestInit[]> {
    const calls: RequestInit[] = [];
    const transport = bankside.httpTransport({
      endpoints: { pserver: path },
      authToken: false,
      ky: ky.create(given),
      fetch: async (_address, options) => {
        calls.push(options);
        return Response.json({ ok: true });
      },
      ...more,
    });
    await ask(transport, READ);
    return calls;
  }

  it('T4 says that its signal ends requests, as a failure of the network', async () => {
    const signal = AbortSignal.abort(new Error('secret'));
    const fetching = optionsOf({ signal }, { fetch: (...call) => fetch(...call) });
    const error: Error & { code?: string } = await fetching.then(
      () => expect.unreachable(),
      (reason) => reason,
    );
    expect(error.code).toBe('NETWORK');
    expect(`${error.message} ${error.cause}`).not.toContain('secret');
    expect(arrived).toEqual([]);
  });

  it('T1 says that its cache mode counts', async () => {
    expect(await optionsOf({ cache: 'reload' })).toMatchObject([{ cache: 'reload' }]);
  });

  it('T1 says that its referrer does not count', async () => {
    const [options] = await optionsOf({ referrer: `${origin}/other`, referrerPolicy: 'origin' });
    expect(options).not.toHaveProperty('referrer');
    expect(options).toMatchObject({ referrerPolicy: 'origin' });
  });

  it('T1 says that its functions for progress are not called', async () => {
    const onDownloadProgress = vi.fn();
    const onUploadProgress = vi.fn();
    expect(await optionsOf({ onDownloadProgress, onUploadProgress })).toHaveLength(1);
    expect([...onDownloadProgress.mock.calls, ...onUploadProgress.mock.calls]).toEqual([]);
  });

  it('T1 is followed by the order of the headers: instance, option, hooks, token', async () => {
    const names = ['x-option', 'x-hook', 'authToken'];
    const all = (value: string) => Object.fromEntries(names.map((name) => [name, value]));
    const hook = (request: Request) => {
      for (const name of names.slice(1)) request.headers.set(name, 'hook');
    };
    const given = {
      headers: { ...all('instance'), 'x-instance': 'instance' },
      hooks: { beforeRequest: [hook] },
    };

    expect(await optionsOf(given, { headers: all('option'), authToken: 'token-1' })).toMatchObject([
      { headers: { 'x-instance': 'instance', 'x-option': 'option', 'x-hook': 'hook', authToken: 'token-1' } },
    ]);
  });
});

describe('what hooks learn of an error status', () => {
  it('T3 is in the answer of afterResponse, and not in the error of beforeRetry', async () => {
    const answers: number[] = [];
    const errors: Error[] = [];
    const watching = ky.create({
      hooks: {
        afterResponse: [(_request, _options, { status }) => void answers.push(status)],
        beforeRetry: [({ error }) => void errors.push(error)],
      },
    });
    answerFirst(status(503));
    const transport = bankside.httpTransport({
      endpoints: { pserver: path },
      authToken: false,
      ky: watching,
    });

    expect(await ask(transport, READ)).toMatchObject({ ok: true });

    expect(answers).toEqual([503, 200]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).not.toHaveProperty('response');
  });

  it.each([401, 503])('T2 T3 %i is NETWORK where a hook throws at it, and nothing follows', async (code) => {
    const asked: unknown[] = [];
    const throwing = ky.create({
      hooks: {
        afterResponse: [
          (_request, _options, response) => {
            if (!response.ok) throw new Error(`Status ${response.status}`);
          },
        ],
      },
    });
    answerFirst(status(code));
    const transport = bankside.httpTransport({
      endpoints: { pserver: path },
      authToken: ({ rejected }) => {
        asked.push(rejected);
        return 'token-1';
      },
      ky: throwing,
    });

    await expect(ask(transport, READ)).rejects.toMatchObject({ code: 'NETWORK' });

    expect(asked).toEqual([undefined]);
    expect(arrived).toHaveLength(1);
  });
});

describe('hooks that encrypt', () => {
  it('B5 T3 encrypt a body once, and its repeats too', async () => {
    const { transport } = await run(under('Hooks that encrypt'));
    const { encrypt, decrypt } = stage.page;
    const bodies: string[] = [];
    stage.server.use(
      http.post(path, async ({ request }) => {
        bodies.push(await decrypt(await request.text()));
        if (bodies.length === 1) return new HttpResponse(null, { status: 503 });
        return HttpResponse.text(await encrypt('{"ok":true,"numberOfInsights":6}'));
      }),
    );

    expect(await ask(transport, READ)).toEqual({ ok: true, numberOfInsights: 6 });

    expect(bodies).toEqual([JSON.stringify(READ), JSON.stringify(READ)]);
  });

  it('T3 without its first line, a repeat is encrypted twice', async () => {
    const shown = under('Hooks that encrypt');
    const code = shown.code.replace(/.*retryCount > 0.*\n/, '');
    expect(code).not.toBe(shown.code);
    const { transport } = await run({ ...shown, code });
    const { encrypt } = stage.page;
    answerFirst(status(503), status(400));

    await expect(ask(transport, READ)).rejects.toMatchObject({ code: 'HTTP' });

    const bodies = await Promise.all(arrived.map((request) => request.text()));
    const once = await encrypt(JSON.stringify(READ));
    expect(bodies).toEqual([once, await encrypt(once)]);
  });

  it('T2 are given the body as it was at first, once more after a 401', async () => {
    const shown = under('Hooks that encrypt');
    const code = shown.code.replace('authToken: false', "authToken: ({ rejected }) => rejected ? 'b' : 'a'");
    expect(code).not.toBe(shown.code);
    const { transport } = await run({ ...shown, code });
    answerFirst(status(401), status(400));

    await expect(ask(transport, WRITE)).rejects.toMatchObject({ code: 'HTTP' });

    expect(sent('authToken')).toEqual(['a', 'b']);
    const bodies = await Promise.all(arrived.map((request) => request.text()));
    const once = await stage.page.encrypt(JSON.stringify(WRITE));
    expect(bodies).toEqual([once, once]);
  });
});

describe('a hook that repeats', () => {
  it('T3 sends a command again with a fresh header, once', async () => {
    stage.server.use(http.post(`${origin}/session/csrf-token`, () => HttpResponse.text('fresh')));
    const { transport } = await run(under('A hook that repeats'));
    answerFirst(status(403));
    expect(await ask(transport, WRITE)).toMatchObject({ ok: true });
    expect(sent('x-csrf-token')).toEqual([stage.page.csrfToken, 'fresh']);

    answerFirst(status(403), status(403));
    await expect(ask(transport, WRITE)).rejects.toMatchObject({ code: 'HTTP', details: { status: 403 } });
    expect(sent('x-csrf-token')).toHaveLength(4);
  });

  it.each([
    ['beside the repeats of the option', READ, 5],
    ['also where the option names no repeats', WRITE, 3],
  ])('T3 may do so twice, %s, and one that asks once more ends the request', async (_what, body, times) => {
    stage.server.use(http.post(`${origin}/session/csrf-token`, () => HttpResponse.text('fresh')));
    const shown = under('A hook that repeats');
    const code = shown.code.replace(' || retryCount > 0', '');
    expect(code).not.toBe(shown.code);
    const { transport } = await run({ ...shown, code });
    answerFirst(...Array.from({ length: 9 }, () => status(403)));

    await expect(ask(transport, body)).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining("A hook of the option 'ky' failed"),
    });

    expect(sent('x-csrf-token')).toHaveLength(times);
  });
});

describe('a fetch of the page’s own', () => {
  it('T5 is called with a whole address and options', async () => {
    const { transport } = await run(under('Your own fetch'));

    expect(await ask(transport, READ)).toMatchObject({ ok: true });

    expect(stage.page.console.log).toHaveBeenCalledExactlyOnceWith('POST /gateway/pserver: 200');
  });

  it('T5 gets what the table says', async () => {
    const calls: [string, RequestInit][] = [];
    const transport = bankside.httpTransport({
      endpoints: { pserver: '/gateway/pserver' },
      authToken: 'token-1',
      headers: { bankId: '42' },
      fetch: async (...call) => {
        calls.push(call);
        return Response.json({ ok: true });
      },
    });

    await ask(transport, READ);

    expect(calls).toEqual([
      [
        path,
        expect.objectContaining({
          method: 'POST',
          headers: { authToken: 'token-1', bankid: '42', 'content-type': 'application/json' },
          body: JSON.stringify(READ),
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        }),
      ],
    ]);
  });
});

describe('an old library’s class in the place of Request', () => {
  it('T5 is named, and nothing is sent until the browser’s is back', async () => {
    const { transport } = stage.page;
    const [keep = '', ...putBack] = under('Pages with old libraries').code.split('\n');
    const page: { Request: unknown; OldRequest?: unknown } = { Request: globalThis.Request };
    class OldRequest {}
    const library = '\nwindow.Request = OldRequest;\nhandOver();\n';
    const code = keep + library + putBack.join('\n');
    const refused = vi.fn();
    let failing: Promise<void> | undefined;
    const handOver = () => {
      vi.stubGlobal('Request', page.Request);
      failing = ask(transport, READ).then(() => expect.unreachable(), refused);
    };

    const shown = { ...under('Pages with old libraries'), language: 'js', code };
    await run(shown, { window: page, OldRequest, handOver });
    await failing;

    expect(refused.mock.calls).toMatchObject([
      [{ code: 'INVALID_OPTIONS', details: { option: 'window.Request' } }],
    ]);
    expect(arrived).toEqual([]);
    expect(page.OldRequest).toBe(OldRequest);
    vi.stubGlobal('Request', page.Request);
    expect(await ask(transport, READ)).toMatchObject({ ok: true });
  });
});

describe('functions that an old library has added to all objects', () => {
  it('T5 are found no more by for…in, and are still there', async () => {
    const namesIn = (object: object): string[] => {
      const names: string[] = [];
      for (const name in object) names.push(name);
      return names;
    };
    const given = { value: () => 'each', enumerable: true, configurable: true, writable: true };
    Object.defineProperty(Object.prototype, 'each', given);
    const before = namesIn({});
    await run(codeUnder('docs/transports.md', 'Pages with old libraries', 1));
    const after = namesIn({});
    const { each } = {} as { each?: unknown };
    // First, as what compares objects takes it for one of their own.
    Reflect.deleteProperty(Object.prototype, 'each');

    expect(before).toEqual(['each']);
    expect(after).toEqual([]);
    expect(each).toBe(given.value);
  });
});
