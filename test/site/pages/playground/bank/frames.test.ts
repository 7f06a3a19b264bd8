import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../../../engines/engine-under-test.ts';
import { launch } from '../../../../engines/launch.ts';
import type { Page } from '../../../../engines/page.ts';
import { useForSuite } from '../../../../harness/use-for-suite.ts';
import { BankSite } from './bank-site.ts';
import type { FramesPage } from './frames-page.ts';

/** Of the page: what runs there has nothing of this file. */
declare const playgroundFrames: FramesPage;

/** How each synchronisation ends in the page. */
const ENDS = {
  success: 'success',
  'credentials-refused': 'action',
  'sms-challenge': 'action',
  'consent-expired': 'action',
  'one-channel-ahead': 'success',
  'one-channel-empty': 'success',
  'one-channel-closed': 'success',
  'partial-success': 'partial',
  'password-change': 'action',
  'user-action': 'action',
  'documents-example': 'success',
};

/** Faults of the queue, and what the poller keeps of each. */
const QUEUE_FAULTS = [
  [{ kind: 'error', status: 503 }, 'queue.failure HTTP'],
  [{ kind: 'network' }, 'queue.failure NETWORK'],
  [{ kind: 'stale-token' }, 'queue.subscribed'],
  [{ kind: 'truncated' }, 'queue.failure INVALID_RESPONSE'],
  [{ kind: 'duplicate' }, 'queue.event'],
  [{ kind: 'malformed' }, 'queue.gap'],
  [{ kind: 'burst', events: 50 }, 'queue.event'],
  [{ kind: 'gone' }, 'queue.expired'],
] as const;

describe(`several of the playground’s frames, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSite = useForSuite(() => BankSite.open());
  let page: Page;

  beforeAll(async () => {
    page = await getEngine().open(getSite().address('frames.html'));
    await page.waitFor(() => playgroundFrames);
  });

  afterAll(async () => {
    await page?.close();
  });

  it('says where the sandbox is', async () => {
    const start = await page.evaluate(() => playgroundFrames.startSandbox({ faults: [], seed: 1 } as never));
    expect(start).toEqual({ place: 'worker' });
  });

  it('refuses a recording that cannot be read with one sentence', async () => {
    const message = await page.evaluate(() =>
      playgroundFrames
        .startSandbox({ faults: [], seed: 1 } as never, '{"format":"bankside recording",')
        .then(String, ({ message }: Error) => message),
    );
    expect(message).toMatch(/replay/);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('refuses a fault that there is not with one sentence', async () => {
    const message = await page.evaluate(() =>
      playgroundFrames
        .startSandbox({ faults: [{ kind: 'slwo' }], seed: 1 } as never)
        .then(String, ({ message }: Error) => message),
    );
    expect(message).toMatch(/^createSandbox: "faults.0.kind" must be/);
  });

  it('keeps two pages apart: each has its own faults, data and connections', async () => {
    const outcome = await page.evaluate(async () => {
      const { open, frames } = playgroundFrames;
      const from = frames.length;
      const synchronisation = 'success';
      await Promise.all([
        open({ faults: [{ kind: 'garbage', type: 'getInboxInsights', count: 9 }], synchronisation }),
        open({ seed: 7, synchronisation }),
      ]);
      const own = frames.slice(from).sort((one) => (one.location.search.includes('garbage') ? -1 : 1));
      const ask = async (index: number, server: 'pserver' | 'enrich', type: string): Promise<unknown> =>
        own[index]?.playground?.bridge?.send(server, { type }).catch(({ code }: { code: string }) => code);
      return {
        inboxes: [await ask(0, 'pserver', 'getInboxInsights'), await ask(1, 'pserver', 'getInboxInsights')],
        subscriptions: [
          await ask(0, 'enrich', 'getUserSubscriptions'),
          await ask(1, 'enrich', 'getUserSubscriptions'),
        ],
      };
    });
    expect(outcome.inboxes).toEqual(['INVALID_RESPONSE', expect.objectContaining({ ok: true })]);
    expect(outcome.subscriptions[0]).not.toEqual(outcome.subscriptions[1]);
    await page.waitFor(
      () =>
        playgroundFrames.frames.filter((frame) => frame.document.querySelector('[data-phase="success"]'))
          .length === 2,
    );
    const counts = await page.evaluate(() =>
      playgroundFrames.frames.map(({ playground }) => playground?.poller?.connections.size),
    );
    expect(counts).toEqual([1, 1]);
  });

  it.each([...Object.entries(ENDS), ['random', '']])(
    'S5: shows the synchronisation %s to its end',
    async (synchronisation, end) => {
      await page.evaluate((name) => {
        return playgroundFrames.open({ synchronisation: name, seed: 3 } as never);
      }, synchronisation);
      await page.waitFor((phase) => {
        const shown = playgroundFrames.frames.at(-1)?.document.querySelector<HTMLElement>('.sync');
        const { isOver, phase: now } = shown?.dataset ?? {};
        const isEnd = now === 'action' || (isOver === 'true' && now !== 'running');
        return phase === '' ? isEnd : now === phase && isEnd;
      }, end);
    },
  );

  it.each(QUEUE_FAULTS)(
    'S5: shows a synchronisation to its end with the fault %j, and the poller keeps %s',
    async (fault, trace) => {
      await page.evaluate(
        (own) =>
          playgroundFrames.open({
            synchronisation: 'success',
            faults: [{ server: 'linxo', ...own }],
          } as never),
        fault,
      );
      await page.waitFor(() =>
        playgroundFrames.frames.at(-1)?.document.querySelector('.sync[data-phase="success"]'),
      );
      const traces = await page.evaluate(() =>
        (playgroundFrames.frames.at(-1)?.playground?.poller?.recentEvents ?? []).map((event) =>
          'code' in event ? `${event.kind} ${event.code}` : event.kind,
        ),
      );
      expect(traces).toContain(trace);
    },
  );

  it('plays a recording: the requests at their times, and the queue', async () => {
    const asked = { server: 'pserver', requestId: 'recorded-1', body: { type: 'getInboxInsights' } };
    const connection = { id: 'c-1', status: 'SUCCESS', channels: [] };
    const recording = {
      format: 'bankside recording',
      version: 1,
      duration: 500,
      isCut: false,
      requests: [
        { ...asked, at: 0, end: { after: 10, reply: { ok: true, recorded: 1 } } },
        { ...asked, at: 300, end: { after: 10, code: 'HTTP', status: 503 } },
      ],
      queue: { connections: [connection], steps: [{ at: 50, kind: 'subscribed' }] },
    };
    const start = await page.evaluate(
      (text) => playgroundFrames.startSandbox({ faults: [], seed: 1 } as never, text),
      JSON.stringify(recording),
    );
    expect(start).toEqual({ place: 'worker' });
    await page.evaluate(() => playgroundFrames.open({}));
    await page.waitFor(() =>
      playgroundFrames.frames
        .at(-1)
        ?.document.querySelector('[data-notice="recording"]')
        ?.textContent?.includes('The recording was played: 2 of 2.'),
    );
    const status = await page.evaluate(() => {
      const { bridge, poller } = playgroundFrames.frames.at(-1)?.playground ?? {};
      return { hasBridge: Boolean(bridge), hasPoller: Boolean(poller) };
    });
    expect(status).toEqual({ hasBridge: true, hasPoller: true });
    await page.waitFor(() =>
      ['reply', 'failure'].every((end) =>
        playgroundFrames.frames
          .at(-1)
          ?.playground?.bridge?.recentEvents.some(
            (event) => event.kind === end && 'type' in event && event.type === 'getInboxInsights',
          ),
      ),
    );
  });

  it('has asked no server for anything but files', () => {
    expect(getSite().strayRequests()).toEqual([]);
  });
});
