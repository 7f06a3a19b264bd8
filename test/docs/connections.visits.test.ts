import { describe, expect, it, type Mock, vi } from 'vitest';
import type { Snippet } from './fixtures/markdown.ts';
import { codeUnder } from './fixtures/pages.ts';
import { queueTests } from './fixtures/queue-tests.ts';

const stage = queueTests();
const { run, pass, inTime } = stage;

const under = (heading: string, n?: number): Snippet => codeUnder('docs/connections.md', heading, n);
const said = (): unknown[] => stage.page.console.log.mock.calls.map(([words]) => words);

describe('a page that comes back', () => {
  const snippet = under('Send the user to the bank and back');

  it('goes on with its queue, and gets what happened meanwhile', async () => {
    const first = await run(snippet);
    const { queueId } = first.poller;
    // The first page stops without forgetting its queue.
    await first.poller.stop();
    stage.sandbox.linxo.synchronise('connection-1');
    await pass(600_000);
    const events: unknown[] = [];
    const second = await run(snippet);
    second.poller.on('*', ({ event_type }) => events.push(event_type));
    await pass(5_000);
    expect(said()).toEqual([
      `Here for the first time, with the queue ${queueId}`,
      `Back, with the queue ${queueId}`,
    ]);
    expect(second.poller.connections.get('connection-1')?.status).toBe('SUCCESS');
  });

  it('after more than 15 minutes gets another queue, and reads what it knew', async () => {
    const first = await run(snippet);
    first.poller.track('connection-1');
    await pass(3_000);
    await first.poller.stop();
    stage.sandbox.linxo.synchronise('connection-1');
    await pass(901_000);
    const second = await run(snippet);
    await pass(5_000);
    expect(said()).toHaveLength(2);
    expect(said().at(-1)).toMatch('Here for the first time');
    expect(second.poller.connections.get('connection-1')?.status).toBe('SUCCESS');
  });

  it('stores ids and times, and nothing else', async () => {
    const { poller } = await run(snippet);
    stage.sandbox.linxo.synchronise('connection-1');
    await pass(10_000);
    const [[name, value] = ['', '']] = stage.storage;
    expect(stage.storage.size).toBe(1);
    expect(name).toBe('bankside.queue https://gateway.bank.example/linxo/ ');
    expect(JSON.parse(value)).toEqual({
      queueId: poller.queueId,
      connectionIds: ['connection-1'],
      askedAt: expect.any(Number),
      isReading: false,
    });
  });
});

describe("Linxo's own widget", () => {
  const heading = "Linxo's own widget: in a frame, and by a full navigation";

  it('in a frame says its end, and the page opens the connection', async () => {
    const window = new EventTarget();
    for (const name of ['addEventListener', 'removeEventListener'] as const)
      vi.stubGlobal(name, window[name].bind(window));
    const { poller, ...declared } = await run(under(heading));
    const { frame, router } = stage.page;
    const data = { eventName: 'redirect_to', status: 'success', connection_id: 'connection-1' };
    const origin = 'https://embed.linxo.example';
    const say = (more: object): boolean =>
      window.dispatchEvent(
        Object.assign(new Event('message'), { data, origin, source: frame.contentWindow, ...more }),
      );
    say({ origin: 'https://evil.example' });
    say({ source: {} });
    expect(router.open).not.toHaveBeenCalled();

    say({});
    await pass(2_000);
    expect(router.open.mock.calls).toEqual([['connections/connection-1']]);
    expect([...poller.connections.keys()]).toEqual(['connection-1']);

    (declared['stop'] as () => void)();
    say({});
    expect(router.open).toHaveBeenCalledTimes(1);
  });

  it('in the place of the page returns to one that goes on with the queue', async () => {
    const snippet = under(heading, 1);
    const first = await run(snippet);
    const { queueId } = first.poller;
    await first.poller.stop();
    expect(said()).toEqual([]);
    stage.sandbox.linxo.synchronise('connection-1');
    await pass(60_000);

    const href = `${stage.page.location.href}?status=success&connection_id=connection-1`;
    const second = await run(snippet, { location: { href } });
    expect(second.poller.queueId).toBe(queueId);
    expect(said()).toEqual(['It has ended: success']);
  });
});

describe('the queue of the widget', () => {
  const snippet = under("Continue the widget's queue");

  it('is gone on with', async () => {
    const { poller } = await run(snippet);
    expect(poller.queueId).toBe(stage.page.queueIdOfWidget);
  });

  it('is replaced if it has died', async () => {
    stage.sandbox.linxo.killQueue();
    const { poller } = await run(snippet);
    expect(poller.status).toBe('polling');
    expect(poller.queueId).not.toBe(stage.page.queueIdOfWidget);
  });

  it("is replaced if it is another user's", async () => {
    const queueIdOfWidget = stage.sandbox.linxo.subscribe('user-2');
    const { poller } = await run(snippet, { queueIdOfWidget });
    expect(poller.status).toBe('polling');
    expect(poller.queueId).not.toBe(queueIdOfWidget);
  });
});

describe('a session', () => {
  const requests = (): number => stage.sandbox.log.length;

  it('can end when the user is idle, and goes on when the user is back', async () => {
    const { poller } = stage.page;
    await inTime(poller.start());
    await run(under('Let an idle session end'));
    await pass(250_000);
    expect(poller.status).toBe('paused');
    const before = requests();
    await pass(3_600_000);
    expect(requests()).toBe(before);
    const { addEventListener } = stage.page.window as unknown as {
      addEventListener: Mock;
    };
    const [[, active]] = addEventListener.mock.calls as [[string, () => void]];
    active();
    await pass(5_000);
    expect(poller.status).toBe('polling');
  });

  it('leaves nothing when the user logs out', async () => {
    const { poller } = await run(under('Send the user to the bank and back'));
    await run(under('Log out', 0), { poller });
    expect(stage.storage.size).toBe(0);
    expect([...poller.connections]).toEqual([]);
    const before = requests();
    await pass(3_600_000);
    expect(requests()).toBe(before);
  });

  it('of a bridge ends its poller', async () => {
    const { poller } = stage.page;
    await inTime(poller.start());
    await run(under('Log out', 1));
    expect(poller.status).toBe('stopped');
  });
});
