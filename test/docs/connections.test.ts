import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { QueuePoller } from '../../src/index.ts';
import type { ScenarioName } from '../../src/testing/index.ts';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';

const stage = queueTests();
const { run, pass, inTime } = stage;

const FILE = 'docs/connections.md';
const under = (heading: string, n?: number): Snippet => codeUnder(FILE, heading, n);
const said = (): unknown[] => stage.page.console.log.mock.calls.map(([words]) => words);

/** The page's own poller has begun, and a synchronisation after it. */
async function synchronise(scenario: ScenarioName = 'success'): Promise<QueuePoller> {
  const { poller, connectionId } = stage.page;
  await inTime(poller.start());
  stage.sandbox.linxo.synchronise(connectionId, scenario);
  return poller;
}

describe('the first page that works', () => {
  it.each(['docs/connections.md', 'README.md'])('follows a synchronisation to its end (%s)', async (file) => {
    const heading = file === FILE ? 'The first page that works' : "Follow a user's bank connections";
    await run(codeUnder(file, heading));
    // A line for each change, be it only in a channel.
    expect([...new Set(said())]).toEqual(['Example Bank: is being updated', 'It has ended: success']);
    expect(stage.page.console.warn).not.toHaveBeenCalled();
  });

  it.each(['docs/connections.md', 'README.md'])(
    'Q4: waits until the user has entered a code (%s)',
    async (file) => {
      const heading = file === FILE ? 'The first page that works' : "Follow a user's bank connections";
      const { linxo } = stage.sandbox;
      stage.page.console.log.mockImplementation((words: string) => {
        if (words.includes('needs you'))
          void Promise.resolve().then(() => linxo.answerChallenge('connection-1'));
      });
      await run(codeUnder(file, heading), {
        async startSynchronisation(connectionId: string) {
          linxo.synchronise(connectionId, 'sms-challenge');
          return { startedAt: Math.floor(Date.now() / 1_000) };
        },
      });
      expect(said()).toContain('Example Bank: your bank needs you');
      expect(said().at(-1)).toBe('It has ended: success');
    },
  );

  it('waits for this synchronisation, and not for the end of the one before', async () => {
    const page = await run(under('The first page that works'));
    await page.poller.stop();
    stage.page.console.log.mockClear();
    // Ends and beginnings are told in whole seconds: within one, the two synchronisations could not be told apart.
    await pass(1_000);
    await run(under('The first page that works'));
    expect(said()).toContain('Example Bank: is being updated');
    expect(said().at(-1)).toBe('It has ended: success');
  });
});

describe('events', () => {
  it('knows the state of a synchronisation that was under way before', async () => {
    const { linxo } = stage.sandbox;
    linxo.synchronise('connection-1');
    await pass(5_000);
    const { poller } = await run(under('Start before the synchronisation'));
    await pass(2_000);
    expect(poller.connections.get('connection-1')?.status).toBe('RUNNING');
    await expect(inTime(poller.whenSynced('connection-1'))).resolves.toMatchObject({ result: 'success' });
  });

  it('has the types and the account lists of both channels', async () => {
    await run(under('Listen to events', 0));
    await synchronise();
    await pass(60_000);
    expect(stage.page.showAccounts.mock.calls).toEqual([
      ['8701', expect.any(Array)],
      ['8700', expect.any(Array)],
    ]);
    expect(said()).toContain('Example Bank begins');
    expect(said()).toContain('TRANSACTIONS_READ');
  });

  it('has what changed, and by what', async () => {
    await run(under('Listen to events', 1));
    await synchronise();
    await pass(60_000);
    expect(said()).toEqual(expect.arrayContaining(['connection-1: RUNNING → SUCCESS, by event']));
  });

  it('has the kind of a channel, where the page knows it', async () => {
    const { poller } = await run(under('Ask the user for what a channel needs', 1));
    await inTime(poller.start());
    stage.sandbox.linxo.synchronise('connection-1');
    await pass(10_000);
    const kinds = [...(poller.connections.get('connection-1')?.channels.values() ?? [])].map(
      ({ kind }) => kind,
    );
    expect(kinds.sort()).toEqual(['EMBEDDED', 'REDIRECT']);
  });
});

describe('what to show', () => {
  const shown = (): unknown => stage.page.showNote.mock.calls.at(-1)?.[1];

  it.each([
    ['success', 'Up to date'],
    ['partial-success', 'Partly up to date'],
    ['sms-challenge', 'Enter the code of your bank, or confirm in its app'],
    ['credentials-refused', 'Check your user name and password'],
    ['password-change', 'Change your password at your bank, then enter it here'],
    ['user-action', 'Your bank asks you for something: sign in there'],
    ['consent-expired', 'Allow us again to read your accounts'],
  ] as const)('is never FAILED (%s)', async (scenario, words) => {
    await run(under('What to show'));
    await synchronise(scenario);
    await pass(4_000);
    expect(shown()).toBe('Example Bank: Is being updated');
    await pass(60_000);
    expect(shown()).toBe(`Example Bank: ${words}`);
  });

  it('has a line for each status', () => {
    const section = readFileSync(FILE, 'utf8')
      .split('\n## ')
      .find((text) => text.startsWith('What to show'));
    for (const status of ['SUCCESS', 'PARTIAL_SUCCESS', 'CLOSED', 'NONE', 'FAILED'])
      expect(section).toMatch(new RegExp(`\\| [^|]*\`${status}\``));
  });
});

describe('a challenge', () => {
  it('shows the prompt, and hides it once it is answered', async () => {
    await run(under('Ask the user for what a channel needs', 0));
    await synchronise('sms-challenge');
    await pass(10_000);
    const { show, hide } = stage.page.codePrompt;
    expect(show).toHaveBeenCalledExactlyOnceWith('connection-1', '8700');
    hide.mockClear();
    stage.sandbox.linxo.answerChallenge('connection-1');
    await pass(5_000);
    expect(hide).toHaveBeenCalledWith('connection-1', '8700');
  });
});

describe('the end', () => {
  it.each([
    ['success', 'accounts'],
    ['credentials-refused', 'connections/connection-1/AUTH_FAILED'],
    ['consent-expired', 'connections/connection-1/TOKEN_EXPIRED'],
  ] as const)('of %s leads to %s', async (scenario, path) => {
    await synchronise(scenario);
    await run(under('Wait for the end'));
    expect(stage.page.router.open).toHaveBeenCalledExactlyOnceWith(path);
  });

  it('of one that succeeds in part says so', async () => {
    await synchronise('partial-success');
    await run(under('Wait for the end'));
    expect(stage.page.router.open).not.toHaveBeenCalled();
    expect(stage.page.console.warn).toHaveBeenCalledExactlyOnceWith(
      'Of 2 channels: SUCCESS, PARTIAL_SUCCESS',
    );
  });
});

describe('a gap', () => {
  it('has the accounts read again that were lost', async () => {
    await run(under('Read again what a gap has lost'));
    await synchronise();
    await pass(5_000);
    expect(stage.page.readAccounts).not.toHaveBeenCalled();
    stage.sandbox.fault({ kind: 'lost', server: 'linxo', type: 'queue' });
    await pass(60_000);
    expect(stage.page.readAccounts.mock.calls[0]?.[0]).toBe('connection-1');
    expect(stage.page.poller.connections.get('connection-1')?.status).toBe('SUCCESS');
  });
});

describe('what is known', () => {
  it('is read in a loop', async () => {
    await synchronise();
    await run(under('Read the events in a loop'));
    expect(said()[0]).toBe('SYNC_ALL_STARTED of 8701');
    expect(said().at(-1)).toBe('SYNC_ALL_SUCCESS of 8701');
  });

  it('is shown', async () => {
    await run(under('Render from a snapshot'));
    await synchronise();
    await pass(60_000);
    const { calls } = stage.page.showConnection.mock;
    const known = { id: 'connection-1', name: 'Example Bank', action: undefined, isLive: true };
    expect(calls.map(([connection]) => connection)).toContainEqual({ ...known, isBusy: true });
    expect(calls.at(-1)).toEqual([{ ...known, isBusy: false }]);
  });

  it('Q4 is shown as doubtful after a loss, until it has been read; and why there is no news, until a poll succeeds', async () => {
    const { poller } = await run(under('Show what is in doubt'));
    await synchronise();
    await pass(3_000);
    const { showNote, showBanner } = stage.page;
    expect(showNote.mock.calls.at(-1)).toEqual(['connection-1', '']);
    stage.sandbox.fault({ kind: 'network', server: 'linxo', count: 2 });
    poller.nudge();
    await pass(1_000);
    expect(showNote.mock.calls.at(-1)?.[1]).toMatch(/^As of /);
    expect(showBanner.mock.calls.at(-1)?.[0]).toMatch(/^No news from the bank\. Next try in \d+ s$/);
    await pass(30_000);
    expect(showNote.mock.calls.at(-1)).toEqual(['connection-1', '']);
    expect(showBanner.mock.calls.at(-1)).toEqual(['']);
  });
});

it('Q3 a loop with the last outcome asks the user once, and gets the end', async () => {
  const { page, sandbox } = stage;
  await inTime(page.poller.start());
  page.router.open.mockImplementationOnce(() => {
    setTimeout(() => sandbox.linxo.answerChallenge('connection-1'), 20_000);
  });
  const startSynchronisation = async (): Promise<{ startedAt: number }> => {
    sandbox.linxo.synchronise('connection-1', 'sms-challenge');
    return { startedAt: Math.floor(Date.now() / 1_000) };
  };
  await run(under('Wait for the end', 1), { startSynchronisation });
  expect(page.router.open.mock.calls).toEqual([
    ['connections/connection-1/CHALLENGE_REQUIRED'],
    ['accounts'],
  ]);
});

it('Q3 a loop with the last outcome gets each synchronisation once', async () => {
  const { poller } = await run(under('Wait for the end', 2));
  await synchronise();
  await pass(90_000);
  expect(said()).toEqual(['It has ended: success']);
  await synchronise('partial-success');
  await pass(90_000);
  expect(said()).toEqual(['It has ended: success', 'It has ended: partial']);
  await poller.stop();
});
