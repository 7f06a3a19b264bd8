import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { origin } from './fixtures/bank-page.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { bodiesOf, stillness } from './fixtures/served.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const counted = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });
const listed = expect.objectContaining({ ok: true, insights: expect.any(Array) });
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
    what: 'A server answers with nothing',
    happen(senders) {
      stage.server.use(
        http.post(`${origin}/pserver/execute`, () => new HttpResponse(null, { status: 204 }), { once: true }),
      );
      ask(senders);
    },
    before: { answers: [], bodies: [count] },
    after: { answers: [{ response: { ok: true, status: '200' }, requestId: '7' }], bodies: [count] },
  },
  {
    what: 'The widget repeats a request that is pending',
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
    what: 'Two requests have one id',
    happen(senders) {
      ask(senders);
      senders.sendRequestToPServer(null, { type: 'getInsights' }, '7');
    },
    before: {
      answers: [
        { response: counted, requestId: '7' },
        { response: listed, requestId: '7' },
      ],
      bodies: [count, { type: 'getInsights' }],
    },
    after: { answers: [{ response: listed, requestId: '7' }], bodies: [count, { type: 'getInsights' }] },
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
  ['The page before', 'before'],
  ['The page after', 'after'],
] as const)('%s', (heading, side) => {
  it.each(rows)(`${side}: $what`, async ({ happen, [side]: expected }) => {
    await stage.run(codeUnder('docs/migrate.md', heading));
    const Delegate = stage.page.window.EventDelegate as unknown as new () => Senders;
    const delegate = new Delegate();

    if (expected.throws) expect(() => happen(delegate)).toThrow(TypeError);
    else happen(delegate);

    await vi.waitFor(async () => expect(await bodiesOf(stage)).toEqual(expected.bodies), { timeout: 20_000 });
    const { answers } = stage.page.personetics;
    await vi.waitFor(() => expect(answers).toHaveLength(expected.answers.length), { timeout: 20_000 });
    await stillness(stage);
    expect(answers).toHaveLength(expected.answers.length);
    expect(answers).toEqual(expect.arrayContaining([...expected.answers])); // two replies come in any order
    expect(await bodiesOf(stage)).toEqual(expected.bodies);
  });
});

it('each row of the table is one that is tried', () => {
  const table = pageOf('docs/migrate.md').tables.find(({ heading }) => heading.startsWith('What changes'));
  expect(table?.rows.slice(1).map(([what]) => what)).toEqual(rows.map(({ what }) => what));
});
