import { describe, expect, onTestFinished, test } from 'vitest';
import page from '../../../docs/inspector.md?raw';
import { QueuePoller, WidgetBridge } from '../../../src/index.ts';
import { type BanksideInspector, defineInspector } from '../../../src/inspector.ts';
import { createSandbox, createTestTransport } from '../../../src/testing/index.ts';
import { type Shown, show } from './shown.ts';

/** The documented lines that load the inspector on demand. */
function recipe(): string {
  const code = /## Load it only where it is wanted\n[\s\S]*?```js\n([\s\S]*?)```/.exec(page)?.[1];
  if (!code?.includes("import('bankside/inspector')")) throw new Error('There is no such code');
  return code.replace("import('bankside/inspector')", 'load()');
}

/** Runs these lines in a page whose address has the word. */
async function runRecipe(bridge: WidgetBridge): Promise<BanksideInspector> {
  const load = () => Promise.resolve({ defineInspector });
  const run = new Function('bridge', 'location', 'load', `return (async () => {${recipe()}})();`);
  await run(bridge, { search: '?inspector' }, load);
  const inspector = document.querySelector('bankside-inspector') as BanksideInspector;
  onTestFinished(() => inspector.remove());
  return inspector;
}

function usedBridge(queue?: QueuePoller) {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport, queue });
  bridge.attach({ handlePServerResponse() {} }, {});
  onTestFinished(() => bridge.dispose());
  return { bridge, transport };
}

describe('S6 an inspector that is loaded late', () => {
  test('by the documented lines shows what went before, with the real times', async () => {
    const { bridge, transport } = usedBridge();
    const send = (type: string) => void bridge.send('pserver', { type, token: 'hush' }).catch(() => {});
    send('getInsights');
    transport.last.answer({ ok: true, name: 'hush' });
    send('getInbox');
    transport.last.fail(new Error('hush'));
    send('getDetails');
    await new Promise((resolve) => setTimeout(resolve, 50));
    transport.last.answer({ ok: true });
    bridge.delegate.sessionEnded();
    send('getMore');
    await Promise.resolve();

    const inspector = await runRecipe(bridge);
    const report = inspector.report();
    expect(report).toContain('1 pending, 2 answered, 1 failed');
    expect(report).toMatch(/getInsights[\s\S]*getInbox[\s\S]*getDetails[\s\S]*sessionEnded[\s\S]*getMore/);
    expect(report).toMatch(/getDetails {2}answered(\n {4}.*)*\n {4}ended after: [1-9]\d* ms/);
    expect(report).not.toContain('hush');

    transport.last.answer({ ok: true });
    await expect.poll(() => inspector.report()).toContain('0 pending, 3 answered, 1 failed');
  });

  test('shows the same as one from the beginning, of bridge and queue', async () => {
    const sandbox = createSandbox({ baseUrl: 'https://bank.example' });
    onTestFinished(() => sandbox.close());
    const { id } = sandbox.linxo.addConnection();
    const poller = new QueuePoller({
      baseUrl: 'https://bank.example/linxo',
      accessToken: () => sandbox.issueAccessToken(),
      fetch: (...request) => sandbox.linxo.fetch(...request),
      storage: false,
    });
    const { bridge, transport } = usedBridge(poller);
    const early = show();
    early.inspector.observe(bridge);
    await poller.start();
    sandbox.linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
    poller.nudge();
    await expect.poll(() => poller.connections.get(id)?.status).toBe('RUNNING');
    void bridge.send('pserver', { type: 'getInsights' });
    transport.last.answer({ ok: true });
    await poller.stop();

    const late = show();
    late.inspector.observe(bridge);
    const linesOf = ({ inspector }: Shown) =>
      inspector
        .report()
        .split('\n')
        .filter((line) => /^\d\d:\d\d/.test(line));
    await expect.poll(() => linesOf(early).some((line) => line.includes('poller: stopped'))).toBe(true);
    const lines = linesOf(early);
    expect(lines.length).toBeGreaterThan(6);
    // The early one began with the status before the first event. The ids have marks, which take a moment.
    await expect.poll(() => linesOf(late)).toEqual(lines.filter((line) => !line.includes('poller: idle')));
  });
});
