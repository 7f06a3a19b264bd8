import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { QueuePoller, type QueuePollerOptions, WidgetBridge } from '../../../src/index.ts';
import { defineInspector } from '../../../src/inspector.ts';
import { createSandbox, createTestTransport } from '../../../src/testing/index.ts';
import { frame, painted, type Shown, show } from './shown.ts';

describe('the element', () => {
  test('is defined by the call alone, and only once', () => {
    defineInspector();
    const defined = customElements.get('bankside-inspector');
    defineInspector();
    expect(customElements.get('bankside-inspector')).toBe(defined);
  });

  test('listens while it is in the page, and what was pending before is shown', async () => {
    const shown = show();
    const { bridge, inspector } = shown;
    inspector.remove();
    const emit = vi.spyOn(bridge, 'on');
    shown.send('getInsights');
    expect(inspector.report()).toContain('0 pending');
    expect(emit).not.toHaveBeenCalled();

    document.body.append(inspector);
    await expect.poll(shown.lines).toEqual(['getInsights, PServer, in flight']);
  });

  test('unsubscribes every handler when it is removed, and requests no more frames', async () => {
    const offs: ReturnType<typeof vi.fn>[] = [];
    const bridge = new WidgetBridge({ transport: createTestTransport() });
    for (const name of ['on', 'subscribe'] as const) {
      const call = bridge[name].bind(bridge) as (...args: unknown[]) => () => void;
      Object.assign(bridge, {
        [name]: (...args: unknown[]) => {
          const off = vi.fn(call(...args));
          offs.push(off);
          return off;
        },
      });
    }
    const shown = show();
    shown.inspector.observe(bridge);
    await painted(shown);
    const frames = vi.spyOn(globalThis, 'requestAnimationFrame');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => void vi.restoreAllMocks());
    shown.inspector.remove();
    expect(offs).toHaveLength(2);
    for (const off of offs) expect(off).toHaveBeenCalledTimes(1);
    frames.mockClear();
    timers.mockClear();
    bridge.dispose();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(frames).not.toHaveBeenCalled();
    expect(timers).not.toHaveBeenCalled();
  });

  test('B9 says that the bridge was disposed, and what was pending has failed', async () => {
    const shown = show();
    shown.send('getInsights');
    shown.bridge.dispose();
    await expect
      .poll(shown.lines)
      .toEqual(['getInsights, PServer, failed: DISPOSED', 'the bridge was disposed, Bridge']);
  });

  test('shows another bridge once that is set', async () => {
    const shown = show();
    shown.send('getInsights');
    const other = new WidgetBridge({ transport: createTestTransport() });
    onTestFinished(() => other.dispose());
    other.send('ob', { type: 'getAccounts' }).catch(() => {});
    shown.inspector.observe(other);
    await expect.poll(shown.lines).toEqual(['getAccounts, Open Banking, in flight']);
  });
});

/** A poller of a sandbox in the page. */
function follow(options: Partial<QueuePollerOptions> = {}) {
  const sandbox = createSandbox({ seed: 1, baseUrl: location.origin });
  const { linxo, issueAccessToken } = sandbox;
  const poller = new QueuePoller({
    baseUrl: `${location.origin}/linxo`,
    accessToken: issueAccessToken(),
    storage: false,
    fetch: linxo.fetch,
    channelKind: linxo.channelKind,
    ...options,
  });
  onTestFinished(() => poller.stop());
  return { sandbox, linxo, poller };
}

/** What the facts say of this; undefined if they say nothing. */
function factIn({ find }: Shown, term: string): string | undefined {
  const facts = [...find('.facts').children].filter((fact) => !(fact as HTMLElement).hidden);
  const found = facts.find((fact) => fact.querySelector('dt')?.textContent === term);
  return found?.querySelector('dd')?.textContent ?? undefined;
}

/** What stands beside the names of the lanes. */
function notesIn({ find }: Shown): readonly (string | null)[] {
  return [...find('.names').querySelectorAll('.note')].map(({ textContent }) => textContent);
}

describe('a poller', () => {
  test('Q3 has a lane for the queue and for each channel, the next read and the age of the queue', async () => {
    const { linxo, poller } = follow({ schedule: { close: 200 } });
    const { id } = linxo.addConnection();
    const shown = show({ poller });
    poller.track(id);
    void poller.start();
    await expect
      .poll(() => shown.find('.facts').textContent)
      .toMatch(/Pollerpolling.*Next poll.*Last poll\d+ s ago/);
    await expect.poll(() => shown.find('.names').textContent).toMatch(/Queuepolling.*REDIRECT.*EMBEDDED/);
    expect(shown.find('.lanes').tabIndex).toBe(-1);
    linxo.publish(id, { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT', status: 'RUNNING' });
    await expect
      .poll(shown.lines, { timeout: 20_000 })
      .toContainEqual(expect.stringMatching(/^SYNC_ALL_STARTED, connection-1/));
    const meter = shown.find('.meter');
    expect(meter.getAttribute('aria-valuemax')).toBe('900');
    expect(shown.inspector.report()).toMatch(/channel connection-1 \/ \d+: RUNNING/);
    await frame();
  });

  test('whose lanes are more than there is room for can be scrolled with the keyboard', async () => {
    const { linxo, poller } = follow();
    const shown = show({ poller });
    for (let count = 0; count < 3; count += 1) poller.track(linxo.addConnection().id);
    void poller.start();
    const lanes = shown.find('.lanes');
    await expect.poll(() => lanes.tabIndex, { timeout: 20_000 }).toBe(0);
    expect(lanes.scrollHeight).toBeGreaterThan(lanes.clientHeight);
  });

  test('Q4 whose polls fail is shown with the next try, and its connections in doubt, until it has read them', async () => {
    const { sandbox, linxo, poller } = follow();
    const { id } = linxo.addConnection();
    const shown = show({ poller });
    const factOf = (term: string): string | undefined => factIn(shown, term);
    const notes = () => notesIn(shown);
    poller.track(id);
    await poller.start();
    await expect.poll(notes).toContain(`REDIRECT · ${id}`);
    expect(factOf('Polls')).toBeUndefined();
    expect(factOf('In doubt')).toBeUndefined();

    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    poller.nudge();

    await expect.poll(() => factOf('Polls'), { timeout: 20_000 }).toBe('fail: NETWORK');
    const tries: Set<string | undefined> = new Set();
    await expect.poll(() => tries.add(factOf('Next try')).size, { timeout: 20_000 }).toBeGreaterThan(2);
    expect([...tries].join()).toMatch(/^(now|in \d+ s)(,(now|in \d+ s))+$/);
    expect(factOf('Next poll')).toBeUndefined();
    await expect.poll(() => factOf('In doubt')).toMatch(/^1 connection, for \d+ s$/);
    expect(notes()).toContain(`in doubt · REDIRECT · ${id}`);
    expect(shown.lines()).toContain(`connection in doubt, ${id}, NONE`);
    expect(shown.find('canvas').getAttribute('aria-label')).toContain('1 connection in doubt');
    expect(shown.inspector.report()).toMatch(/polls fail: NETWORK, next try in/);

    sandbox.clearFaults();
    poller.nudge();

    await expect.poll(() => factOf('Next poll'), { timeout: 20_000 }).toMatch(/^(now|in \d+ s)$/);
    expect(factOf('Polls')).toBeUndefined();
    await expect.poll(shown.lines).toContain(`connection read again, ${id}, NONE`);
    await expect.poll(() => factOf('In doubt')).toBeUndefined();
    expect(notes()).toContain(`REDIRECT · ${id}`);
  });

  test('Q4 that was stopped in doubt is still in doubt, and not when the user has logged out', async () => {
    const { sandbox, linxo, poller } = follow();
    const { id } = linxo.addConnection();
    const shown = show({ poller });
    poller.track(id);
    await poller.start();
    await expect.poll(() => notesIn(shown)).toContain(`REDIRECT · ${id}`);
    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    poller.nudge();
    await expect.poll(() => factIn(shown, 'In doubt'), { timeout: 20_000 }).toMatch(/^1 connection, for/);

    await poller.stop();
    await expect.poll(() => notesIn(shown)).toContain('stopped');
    // Nobody has read it again since.
    expect(poller.connections.get(id)?.isDoubtful).toBe(true);
    expect(shown.inspector.report()).toContain('in doubt since');
    expect(notesIn(shown)).toContain(`in doubt · REDIRECT · ${id}`);

    await poller.stop({ forget: true });
    expect(shown.inspector.report()).not.toContain('in doubt since');
    await expect.poll(() => factIn(shown, 'In doubt')).toBeUndefined();
    expect(notesIn(shown)).toContain(`REDIRECT · ${id}`);
  });

  test('Q4 whose user logs out in doubt has no doubt when the next one logs in', async () => {
    const { sandbox, linxo, poller } = follow({ accessToken: () => sandbox.issueAccessToken() });
    const first = linxo.addConnection().id;
    const second = linxo.addConnection().id;
    const shown = show({ poller });
    poller.track(first);
    await poller.start();
    await expect.poll(() => notesIn(shown)).toContain(`REDIRECT · ${first}`);
    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    poller.nudge();
    await expect.poll(() => factIn(shown, 'In doubt'), { timeout: 20_000 }).toMatch(/^1 connection, for/);
    sandbox.clearFaults();
    await poller.stop({ forget: true });
    poller.track(second);
    await poller.start();
    await expect.poll(() => poller.connections.has(second), { timeout: 20_000 }).toBe(true);
    expect(shown.inspector.report()).not.toContain('in doubt since');
  });

  test('Q4 that already fails when the inspector opens is shown as failing', async () => {
    const { sandbox, poller } = follow();
    await poller.start();
    sandbox.fault({ kind: 'network', server: 'linxo', type: 'queue', count: 1_000 });
    poller.nudge();
    await expect.poll(() => poller.getSnapshot().failure, { timeout: 20_000 }).toBeDefined();
    const shown = show({ poller });
    await expect.poll(shown.lines).toContain('poll, Queue, failed: NETWORK');
    await expect.poll(() => shown.find('.facts').textContent).toContain('fail: NETWORK');
  });

  test('Q7 that fails is announced', async () => {
    const { poller } = follow({ accessToken: 'no token of anybody' });
    const shown = show({ poller });
    await poller.start().catch(() => {});
    await expect.poll(() => shown.find('[role="status"]').textContent).toBe('1 problem of the queue');
    expect(shown.find('.facts').textContent).toMatch(/Pollerfailed.*Last pollunknown/);
    expect(shown.find('.meter').hidden).toBe(true);
  });
});
