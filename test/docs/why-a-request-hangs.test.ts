import ky from 'ky';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { origin } from './fixtures/bank-page.ts';
import { bankside } from './fixtures/built.ts';
import { codeUnder } from './fixtures/pages.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };

describe('docs/why-a-request-hangs.md', () => {
  it('shows that the widget calls, and that a call has no known shape', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '1. Does the widget call the page?'));
    stage.page.bridge.attach(stage.page.personetics, {});
    stage.page.bridge.delegate.sendRequestToPServer(null, count, '7');
    stage.page.bridge.delegate.sendRequestToPServer(1, 2, 3);
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2));
    expect(log.mock.calls).toEqual([
      ['pserver getNumberOfInsights (7)'],
      [expect.stringContaining('sendRequestToPServer')],
    ]);
  });

  it('shows the progress of a request', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '2. Does it wait for a token?'));
    stage.page.bridge.attach(stage.page.personetics, {});
    stage.page.bridge.delegate.sendRequestToPServer(null, count, '7');
    await answers();
    expect(log.mock.calls).toEqual([['7: sent, sent 1 times so far', '']]);
  });

  it('T2 shows that a hook of the page’s ky does not answer: with no line, or with the token only', async () => {
    const { log } = stage.page.console;
    const snippet = codeUnder('docs/why-a-request-hangs.md', '2. Does it wait for a token?');
    const hanging = ky.extend({ hooks: { beforeRequest: [() => new Promise<never>(() => {})] } });
    for (const authToken of [false, () => 'token'] as const) {
      const endpoints = { pserver: `${origin}/gateway/pserver` };
      const transport = bankside.httpTransport({ endpoints, authToken, ky: hanging });
      const bridge = new bankside.WidgetBridge({ transport });
      onTestFinished(() => bridge.dispose());
      await run(snippet, { bridge });
      bridge.send('pserver', count).catch(() => {});
    }
    await vi.waitFor(() => expect(log).toHaveBeenCalled());
    expect(log.mock.calls).toEqual([[expect.stringMatching(/: token, sent 0 times so far$/), '']]);
    expect(arrived).toEqual([]);
  });

  it('shows replies that no request waits for', async () => {
    const { log } = stage.page.console;
    await run(codeUnder('docs/why-a-request-hangs.md', '4. Did the reply find its request?'));
    stage.page.bridge.handlePServerResponse({ ok: true }, '9');
    const { bridge, personetics } = stage.page;
    bridge.attach(personetics);
    bridge.delegate.sendRequestToPServer(count, '7');
    bridge.delegate.sendRequestToPServer({ type: 'getInsights' }, '7');
    await answers();
    await vi.waitFor(() => expect(log).toHaveBeenCalledTimes(2), { timeout: 20_000 });
    bridge.handlePServerResponse({ ok: true }, '7');
    expect(log.mock.calls).toEqual([
      ['9 belongs to no request'],
      ['7 was replaced by a newer request with the same id'],
      ['7 came too late, or twice'],
    ]);
  });

  it('shows that the widget could not use a reply, and that it takes one for a failure', async () => {
    const { log } = stage.page.console;
    const snippet = codeUnder('docs/why-a-request-hangs.md', '5. Does the widget accept it?');
    const { bridge } = stage.page;
    const code = `bridge.attach(personetics);\npersonetics.initialize({ pDelegate: bridge.delegate });\n${snippet.code}`;
    vi.mocked(console.error).mockImplementation(() => {});
    const { widget } = await runOnShipped(stage, { ...snippet, code });
    await expect(widget.request('pserver', count)).rejects.toThrow('charAt is not a function');
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('The widget threw'));
    vi.mocked(console.error).mockClear();
    log.mockClear();
    const failed = { ok: false, status: '404' };
    bridge.delegate.sessionError(failed);
    expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('failure'), failed);
  });
});
