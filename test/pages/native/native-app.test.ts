import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { WebKitHost } from './webkit-host.ts';

const policy = "default-src 'self'; require-trusted-types-for 'script'";

interface Call {
  readonly sender: string;
  readonly requestType: string;
  readonly requestInformation: { readonly requestData: unknown; readonly requestId: string };
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

const INSIGHTS = { ok: true, text: 'ż🏦 "\\\' </script><!-- \u2028 \ud83c half', __proto: [1.5, null] };

// The tests share one app, since starting it takes longer than all of them. Only WebKit has such a web view here.
describe.runIf(engineUnderTest === 'webkit')('a page in a native app whose web view is WebKit’s', () => {
  let server: LocalServer;
  let host: WebKitHost;

  beforeAll(async () => {
    const files: Record<string, { readonly type: string; readonly content: string | Buffer }> = {
      '/': {
        type: 'text/html',
        content: '<!doctype html><script src="/bankside.js"></script><script src="/page.js"></script>',
      },
      '/bankside.js': { type: 'text/javascript', content: await readFile('dist/bankside.iife.min.js') },
      '/page.js': { type: 'text/javascript', content: await readFile('test/pages/native/page.js') },
    };
    server = await serveLocally((request, response) => {
      const file = files[request.url ?? ''];
      response.writeHead(file ? 200 : 404, {
        'content-security-policy': policy,
        'content-type': file?.type ?? 'text/plain',
      });
      response.end(file?.content);
    });
    host = await WebKitHost.start(server.url);
  });

  afterAll(async () => {
    await host?.close();
    await server?.close();
  });

  beforeEach(async () => {
    await host.evaluate('answers.length = failures.length = orphans.length = 0');
    host.messages.length = 0;
  });

  const inPage = async (expression: string): Promise<unknown> =>
    JSON.parse(await host.evaluate(`JSON.stringify(${expression})`));

  /** The requests so far, in order. */
  async function calls(count = 1): Promise<readonly Call[]> {
    await expect.poll(() => host.messages.length).toBe(count);
    return host.messages.map((message) => JSON.parse(message));
  }

  /** Answers as published native code does, with Base64 in a script. */
  function answer(reply: unknown, requestId: string, inScript: string = `'${requestId}'`): Promise<string> {
    const text = Buffer.from(JSON.stringify(reply)).toString('base64');
    return host.evaluate(`personetics.handlePServerResponse('${text}', ${inScript})`);
  }

  it('sends all earlier requests, in order, to a handler that is added late', async () => {
    await host.evaluate(`personetics.sendRequestToPServer(null, { type: 'getInsights' }, '1')`);
    await host.evaluate(`personetics.sendRequestToEnrichServer('2', '{ "type": "getAccounts" }')`);
    expect(await inPage('typeof window.webkit')).toBe('undefined');
    host.register('plain');
    const [first, second] = await calls(2);
    const ids = [first, second].map((call) => call?.requestInformation.requestId ?? '');

    expect(host.messages).toEqual([
      '{"sender":"personetics","requestType":"sendRequestToPServer",' +
        `"requestInformation":{"requestData":{"type":"getInsights"},"requestId":"${ids[0]}"}}`,
      '{"sender":"personetics","requestType":"sendRequestToEnrichServer",' +
        `"requestInformation":{"requestData":"{ \\"type\\": \\"getAccounts\\" }","requestId":"${ids[1]}"}}`,
    ]);
    await answer({ second: true }, ids[1] ?? '');
    await answer({ first: true }, ids[0] ?? '');
    await expect
      .poll(() => inPage('answers'))
      .toEqual([
        { response: { second: true }, requestId: '2' },
        { response: { first: true }, requestId: '1' },
      ]);
  });

  it.each([
    ['in quotes', (id: string) => `"${id}"`],
    ['as a number', (id: string) => id],
  ])('is answered under the id, written %s', async (_how, write) => {
    await host.evaluate(`personetics.sendRequestToPServer(null, { type: 'getInsights' }, 7)`);
    const [call] = await calls();
    const id = call?.requestInformation.requestId ?? '';
    await answer(INSIGHTS, id, write(id));
    await answer({ second: 'answer' }, id, write(id));

    await expect.poll(() => inPage('answers')).toEqual([{ response: INSIGHTS, requestId: 7 }]);
    expect((await inPage('orphans')) as unknown[]).toHaveLength(1);
  });

  it.each([
    ['(params, onSuccess, onError)', 'params, onSuccess, onError'],
    ['(onSuccess, onError, params)', 'onSuccess, onError, params'],
  ])('calls one callback, once, of %s', async (_order, args) => {
    await host.evaluate(
      `globalThis.called = [];
      { const params = '{"type":"getInsights"}';
        const onSuccess = (reply) => called.push({ success: reply });
        const onError = (reply) => called.push({ error: reply });
        personetics.sendRequestToPServer(${args}); }`,
    );
    const [call] = await calls();
    await answer(INSIGHTS, call?.requestInformation.requestId ?? '');
    await answer({ second: 'answer' }, call?.requestInformation.requestId ?? '');

    await expect.poll(() => inPage('called')).toEqual([{ success: INSIGHTS }]);
    expect(await inPage('answers')).toEqual([]);
  });

  it('passes on calls that need no answer', async () => {
    await host.evaluate(`personetics.sendRequestToPServer(null, { requestString: 'sessionEnded', n: 1 })`);
    await host.evaluate(`personetics.navigateToPage({ data: { navigateTarget: 'manageBudget' } })`);

    expect(await calls(2)).toEqual([
      {
        sender: 'personetics',
        requestType: 'sessionEnded',
        requestInformation: { requestData: { requestString: 'sessionEnded', n: 1 } },
      },
      {
        sender: 'personetics',
        requestType: 'navigateToPage',
        requestInformation: {
          requestData: { requestString: 'navigateToPage', data: { navigateTarget: 'manageBudget' } },
        },
      },
    ]);
  });

  it('N1 passes on a widget’s event as published, without the objects of the page in it', async () => {
    await host.evaluate(
      `{ const params = { eventType: 'teaserClick', insightId: 'i1', clickedTeaser: document.body, window };
        params.self = params;
        personetics.widgetEvent(null, params); }`,
    );

    expect(await calls()).toEqual([
      {
        sender: 'personetics',
        requestType: 'personeticsEvent',
        requestInformation: {
          requestData: {
            requestString: 'personeticsEvent',
            data: { eventType: 'teaserClick', insightId: 'i1' },
          },
        },
      },
    ]);
  });

  it.each([
    'personetics.handleServerResponse',
    'bridge.delegate.handlePServerResponse',
    'bridge.delegate.handleServerResponse',
  ])('N2 is answered by %s, once', async (name) => {
    await host.evaluate(`personetics.sendRequestToPServer(null, { type: 'getInsights' }, '1')`);
    const [call] = await calls();
    const id = call?.requestInformation.requestId ?? '';
    const base64 = Buffer.from(JSON.stringify(INSIGHTS)).toString('base64').replace(/.{20}/g, '$&\\n');
    await host.evaluate(`${name}('${base64}', '${id}')`);
    await answer({ second: 'answer' }, id);

    await expect.poll(() => inPage('answers')).toEqual([{ response: INSIGHTS, requestId: '1' }]);
    expect(await inPage('orphans')).toEqual([id]);
  });

  it('sends and receives a megabyte', async () => {
    await host.evaluate(
      `personetics.sendRequestToPServer(null, { type: 'rate', large: 'ż'.repeat(500_000) }, '1')`,
    );
    const [call] = await calls();
    expect(call?.requestInformation.requestData).toEqual({ type: 'rate', large: 'ż'.repeat(500_000) });
    await answer({ large: '🏦'.repeat(250_000) }, call?.requestInformation.requestId ?? '');

    await expect
      .poll(() => inPage('answers.map(({ response }) => response.large.length)'))
      .toEqual([500_000]);
  });

  it('B6 answers the widget if native code never does, and ignores a late answer', async () => {
    await host.evaluate(`personetics.sendRequestToPServer(null, { type: 'neverAnswered' }, '1')`);
    const [call] = await calls();
    const failed = {
      response: { ok: false, status: '600', statusMessage: expect.any(String) },
      requestId: '1',
    };
    await expect.poll(() => inPage('answers')).toEqual([failed]);
    await answer(INSIGHTS, call?.requestInformation.requestId ?? '');

    expect(await inPage('failures')).toMatchObject([{ code: 'TIMEOUT' }]);
    expect(await inPage('answers')).toEqual([failed]);
    expect(await inPage('orphans')).toEqual([call?.requestInformation.requestId]);
  });

  it('accepts the reply that a handler returns', async () => {
    host.unregister();
    host.register('reply');
    await host.evaluate(`personetics.sendRequestToPServer(null, { type: 'getInsights' }, '1')`);
    const [call] = await calls();

    await expect
      .poll(() => inPage('answers'))
      .toEqual([{ response: { ok: true, got: JSON.stringify(call) }, requestId: '1' }]);
  });

  it('reports a handler that rejects, without its message', async () => {
    host.unregister();
    host.register('refusal');
    await host.evaluate(
      `personetics.sendRequestToPServer(null, { type: 'getInsights', secret: 'hush' }, '1')`,
    );

    await expect.poll(() => inPage('failures')).toMatchObject([{ code: 'NETWORK' }]);
    expect(JSON.stringify(await inPage('failures'))).not.toContain('hush');
    expect(await inPage('answers')).toMatchObject([{ response: { ok: false }, requestId: '1' }]);
  });

  it('ends with its app, and leaves no process', async () => {
    const processes = await host.processes();
    expect(processes.length).toBeGreaterThan(1);
    await host.kill();

    await expect(host.evaluate('1')).rejects.toThrow('The app has ended');
    await expect.poll(() => processes.filter(isRunning)).toEqual([]);
    await host.close();
  });
});
