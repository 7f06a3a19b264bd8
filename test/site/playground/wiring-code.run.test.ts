import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULTS } from '../../../site/playground/read-settings.ts';
import type { Settings } from '../../../site/playground/settings.ts';
import type { DocumentsTestWidget, ShippedTestWidget } from '../../../src/testing/index.ts';
import { eventually } from '../../harness/eventually.ts';
import { REPLIES, SHOWN_IN, WIDGETS } from './fixtures/choices.ts';
import { type RunningPage, runPage, startOfComponent } from './fixtures/run-page.ts';

let page: RunningPage | undefined;

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  page?.end();
  page = undefined;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function open(some: Partial<Settings>): Promise<RunningPage> {
  page = await runPage(some);
  return page;
}

describe('the wiring code without a framework runs', () => {
  // Core 21.5 takes JSON text for a failure, and the code says so.
  const onShipped = SHOWN_IN.flatMap((shownIn) =>
    (['object', 'base64'] as const).flatMap((replies) =>
      (['none', 'success'] as const).map((synchronisation) => ({ shownIn, replies, synchronisation })),
    ),
  );

  it.each(onShipped)('on the widget that ships, with $shownIn, $replies, $synchronisation', async (some) => {
    const { widget, poller } = await open(some);
    const shipped = widget as ShippedTestWidget;
    await eventually(() => shipped.views[0]?.state).toBe('shown');
    expect(shipped.views[0]?.items).toHaveLength(6);
    widget.assertExactlyOnce();
    expect(poller !== undefined).toBe(some.synchronisation !== 'none');
    expect(console.warn).not.toHaveBeenCalled();
  });

  // The stand-in of these widgets reads objects and JSON text.
  const onOthers = WIDGETS.filter((widget) => widget !== 'shipped').flatMap((widget) =>
    SHOWN_IN.flatMap((shownIn) =>
      REPLIES.filter((replies) => replies !== 'base64').map((replies) => ({ widget, shownIn, replies })),
    ),
  );

  it.each(onOthers)('on a widget that calls in shape $widget, with $shownIn, $replies', async (some) => {
    const { widget, persoWidget } = await open({ ...some, synchronisation: 'none' });
    const server = some.widget === 'f' ? 'ob' : 'pserver';
    const reply = await (widget as DocumentsTestWidget).request(server, { type: 'getNumberOfInsights' });
    expect(reply).toMatchObject(server === 'ob' ? {} : { ok: true, numberOfInsights: 6 });
    expect(typeof widget.replies[0]?.response).toBe(some.replies === 'json' ? 'string' : 'object');
    expect(Object.keys(persoWidget).includes('widgetEventHandler')).toBe(some.widget === 'd');
    widget.assertExactlyOnce();
  });
});

describe('the wiring code without a framework', () => {
  it.each([
    ['browser', '/api/linxo/'],
    ['ios', '/gateway/linxo/'],
  ] as const)('follows a connection, in %s', async (shownIn, path) => {
    const { poller, sandbox, paths, connections } = await open({ shownIn });
    await eventually(() => poller?.status).toBe('polling');
    const { id, name } = sandbox.linxo.addConnection();
    sandbox.linxo.synchronise(id, 'success', { speed: 100_000 });
    poller?.track(id);
    poller?.nudge();
    await eventually(connections).toEqual([`${name}: up to date`]);
    expect(paths.filter((asked) => asked.startsWith(path)).length).toBeGreaterThan(0);
    expect(paths.includes('/session/access-token')).toBe(shownIn === 'browser');
  });

  it('gives a request the time that was chosen', async () => {
    const { sandbox, bridge } = await open({ timeout: 40, synchronisation: 'none' });
    sandbox.fault({ kind: 'never', server: 'enrich' });
    await expect(bridge.send('enrich', { type: 'getUserSubscriptions' })).rejects.toMatchObject({
      code: 'TIMEOUT',
      details: { timeout: 40 },
    });
  });

  it('asks for a token again only when a server rejects it', async () => {
    const { sandbox, bridge, paths } = await open({ synchronisation: 'none' });
    const tokens = () => paths.filter((path) => path === '/session/token').length;
    await bridge.send('pserver', { type: 'getNumberOfInsights' });
    await bridge.send('pserver', { type: 'getNumberOfInsights' });
    expect(tokens()).toBe(1);
    sandbox.fault({ kind: 'stale-token', type: 'getNumberOfInsights' });
    await bridge.send('pserver', { type: 'getNumberOfInsights' });
    expect(tokens()).toBe(2);
  });
});

describe('the wiring code of a component', () => {
  it.each(SHOWN_IN)('starts the widget again, as StrictMode does, in %s', async (shownIn) => {
    const { widget, bridge } = await open({ shownIn, synchronisation: 'none' });
    const shipped = widget as ShippedTestWidget;
    const startWidget = await startOfComponent({ ...DEFAULTS, shownIn });
    startWidget(bridge)();
    const stop = startWidget(bridge);
    await eventually(() => shipped.views.at(-1)?.state).toBe('shown');
    stop();
    expect(shipped.views).toHaveLength(3);
  });
});
