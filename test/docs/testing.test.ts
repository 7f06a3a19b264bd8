import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { Sandbox } from '../../src/testing/index.ts';
import { testingServer } from './fixtures/built.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/testing.md', () => {
  it('Q1 shows a page of the sandbox on a real port', async () => {
    stage.server.close();
    const served = await testingServer.startSandboxServer({ port: 0 });
    onTestFinished(() => served.close());
    const shown = codeUnder('docs/testing.md', 'On a real port');
    const code = shown.code.replace('http://127.0.0.1:4173', served.url);
    expect(code).not.toBe(shown.code);
    const { bridge, poller } = await run({ ...shown, code });
    expect(await bridge.send('pserver', count)).toMatchObject(counted);
    const subscribed = vi.fn();
    (poller as QueuePoller).on('subscribed', subscribed);
    void (poller as QueuePoller).start();
    await vi.waitFor(() => expect(subscribed).toHaveBeenCalledOnce(), { timeout: 20_000 });
  });

  it('shows how a second reply becomes an orphan', async () => {
    stage.server.close();
    const { bridge, sandbox } = await run(codeUnder('docs/testing.md', 'Replies that come another way'));
    const server = setupServer(...(sandbox as Sandbox).handlers);
    server.listen({ onUnhandledRequest: 'error' });
    bridge.attach(stage.page.personetics, {});
    bridge.delegate.sendRequestToPServer(count, '7');
    const { log } = stage.page.console;
    await vi.waitFor(() => expect(log).toHaveBeenCalledExactlyOnceWith('Orphan: 7, settled'), {
      timeout: 20_000,
    });
    expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);
    server.close();
  });
});
