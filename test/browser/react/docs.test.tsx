import { getResponse } from 'msw';
import { StrictMode, useEffect } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Banks } from '../../../docs/react.md?under=a-user-s-bank-connections';
import { Insights } from '../../../docs/react.md?under=the-first-component-that-works';
import { createSandbox, type Sandbox } from '../../../src/testing/index.ts';
import { act } from './act.ts';
import { mount } from './mount.ts';

let sandbox: Sandbox;

// The bank's back end, at the addresses that the docs name.
beforeEach(() => {
  sandbox = createSandbox({ seed: 1, baseUrl: `${location.origin}/api` });
  const elsewhere = fetch;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    return (await getResponse(sandbox.handlers, request)) ?? elsewhere(request);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  sandbox.close();
  // Of the queue: other test files of this tab would find its id.
  sessionStorage.clear();
});

/** What the components of docs/react.md do, under StrictMode. */
describe('the docs’ component', () => {
  test('B1 with the vendor’s component answers its requests, once', async () => {
    const replies: [unknown, unknown][] = [];
    const handlePServerResponse = (...reply: [unknown, unknown]): unknown => replies.push(reply);
    vi.stubGlobal('personetics', { handlePServerResponse });
    let asked = 0;
    vi.stubGlobal('Widget', ({ handlePersoEvent }: { handlePersoEvent(message: unknown): void }) => {
      useEffect(() => {
        asked += 1;
        handlePersoEvent({
          requestString: 'sendRequestToPServer',
          requestId: `${asked}`,
          json: { requestData: { type: 'getNumberOfInsights' } },
        });
      }, [handlePersoEvent]);
      return <p>The widget</p>;
    });

    const page = await mount(
      <StrictMode>
        <Insights authToken={async () => sandbox.issueToken()} />
      </StrictMode>,
    );

    expect(page.element.textContent).toBe('The widget');
    await expect.poll(() => act(async () => replies.length)).toBe(asked);
    // Requests from before the second mount may have been aborted. The customer sees the last.
    expect(replies.map(([, id]) => id).sort()).toEqual(['1', '2'].slice(0, asked));
    expect(replies.find(([, id]) => id === `${asked}`)?.[0]).toMatchObject({ ok: true, numberOfInsights: 6 });
    await page.unmount();
  });

  test('Q3 for a user’s banks shows each of them, and what happens to it', async () => {
    const { id } = sandbox.linxo.addConnection();
    const page = await mount(
      <StrictMode>
        <Banks accessToken={async () => sandbox.issueAccessToken()} user={crypto.randomUUID()} />
      </StrictMode>,
    );
    const text = () => act(async () => page.element.textContent);
    await expect.poll(() => sandbox.linxo.queues().length).toBe(1);
    expect(await text()).toBe('');

    sandbox.linxo.synchronise(id, 'success', { speed: 100 });

    await expect.poll(text).toMatch(/: Up to date$/);
    expect(page.element.querySelectorAll('li')).toHaveLength(1);
    await page.unmount();
  });
});
