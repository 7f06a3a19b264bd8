import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { codeUnder, pageOf } from './pages.ts';
import { snippetTests } from './snippet-tests.ts';

const stage = snippetTests();
const counted = { ok: true, numberOfInsights: 6, unread: 4 };
const count = { type: 'getNumberOfInsights' };
const failed = { ok: false, status: '600', statusMessage: expect.any(String) };

type Senders = Record<'sendRequestToPServer' | 'sendRequestToOBServer', (...args: unknown[]) => void>;

/** What is brought about, and what the widget and the servers then see. */
interface Row {
  readonly what: string;
  readonly happen: (senders: Senders) => void;
  readonly before: Seen;
  readonly after: Seen;
}

interface Seen {
  /** What the widget is answered. */
  readonly answers: readonly object[];
  /** What the servers get, as the bodies of the requests. */
  readonly bodies: readonly unknown[];
  /** Whether the call throws into the widget. */
  readonly throws?: boolean;
}

const ask = ({ sendRequestToPServer }: Senders): void => sendRequestToPServer(null, count, '7');
const ended = { requestString: 'sessionEnded' };

const rows: readonly Row[] = [
  {
    what: 'A server answers with a page of HTML, or the connection breaks',
    happen(senders) {
      stage.sandbox.fault({ kind: 'garbage' });
      ask(senders);
    },
    before: { answers: [], bodies: [count] },
    after: { answers: [{ response: failed, requestId: '7' }], bodies: [count] },
  },
  {
    what: 'The widget repeats an id that is pending',
    happen(senders) {
      ask(senders);
      ask(senders);
    },
    before: {
      answers: [
        { response: counted, requestId: '7' },
        { response: counted, requestId: '7' },
      ],
      bodies: [count, count],
    },
    after: { answers: [{ response: counted, requestId: '7' }], bodies: [count] },
  },
  {
    what: 'The token has expired',
    happen(senders) {
      stage.sandbox.fault({ kind: 'stale-token' });
      ask(senders);
    },
    before: {
      answers: [{ response: expect.objectContaining({ status: '401' }), requestId: '7' }],
      bodies: [count],
    },
    after: { answers: [{ response: counted, requestId: '7' }], bodies: [count, count] },
  },
  {
    what: '`sessionEnded` comes through a sender',
    happen: ({ sendRequestToPServer }) => sendRequestToPServer(null, ended),
    before: {
      answers: [{ response: expect.objectContaining({ ok: false }), requestId: undefined }],
      bodies: [ended],
    },
    after: { answers: [], bodies: [] },
  },
  {
    what: 'The layout calls with the body first, without headers',
    happen: ({ sendRequestToPServer }) => sendRequestToPServer(count, '7'),
    before: {
      answers: [{ response: expect.objectContaining({ status: '400' }), requestId: undefined }],
      bodies: ['7'],
    },
    after: { answers: [{ response: counted, requestId: '7' }], bodies: [count] },
  },
  {
    what: 'Open Banking asks',
    happen: ({ sendRequestToOBServer }) => sendRequestToOBServer(null, { type: 'getAccounts' }, '7'),
    before: { answers: [], bodies: [], throws: true },
    after: {
      answers: [{ response: expect.objectContaining({ ok: true }), requestId: '7' }],
      bodies: [{ type: 'getAccounts' }],
    },
  },
];

describe.each([
  ['The page as it is', 'before'],
  ['The page as it becomes', 'after'],
] as const)('%s', (heading, side) => {
  it.each(rows)(`${side}: $what`, async ({ happen, [side]: expected }) => {
    await stage.run(codeUnder('docs/migrate.md', heading));
    const delegate = stage.page.personetics.delegate as unknown as Senders;

    if (expected.throws) expect(() => happen(delegate)).toThrow(TypeError);
    else happen(delegate);

    await vi.waitFor(async () => expect(await bodies()).toEqual(expected.bodies), { timeout: 20_000 });
    const { answers } = stage.page.personetics;
    await vi.waitFor(() => expect(answers).toHaveLength(expected.answers.length), { timeout: 20_000 });
    await stillness();
    expect(answers).toEqual(expected.answers);
    expect(await bodies()).toEqual(expected.bodies);
  });
});

it('each row of the table is one that is tried', () => {
  const table = pageOf('docs/migrate.md').tables.find(({ heading }) => heading.startsWith('What changes'));
  expect(table?.rows.slice(1).map(([what]) => what)).toEqual(rows.map(({ what }) => what));
});

it('the function that sends nothing is called in both', async () => {
  for (const heading of ['The page as it is', 'The page as it becomes']) {
    await stage.run(codeUnder('docs/migrate.md', heading));
    stage.page.personetics.delegate?.sessionEnded({});
  }
  expect(stage.page.location.assign.mock.calls).toEqual([['/signed-out'], ['/signed-out']]);
});

/** Of what arrived at the servers; what asked for a token has none. */
function bodies(): Promise<unknown[]> {
  const commands = stage.arrived.filter(({ url }) => url.endsWith('/execute'));
  return Promise.all(commands.map((request) => request.clone().json()));
}

/** Long enough for what is under way in this process to end. A request that nobody answers would have been answered by then. */
async function stillness(): Promise<void> {
  await vi.waitFor(() => expect(stage.sandbox.log.every(({ status, fault }) => status ?? fault)).toBe(true));
  for (let turn = 0; turn < 20; turn += 1) await sleep(0);
}
