import { describe, expect, it } from 'vitest';
import type { LinxoWidgetEnd } from '../../../src/index.ts';
import type { Engine } from '../../engines/engine.ts';
import type { FollowingPage } from './following-page.ts';
import type { QueueServer } from './queue-server.ts';
import { SYNC } from './syncs.ts';
import { newUser, QUICK, RARE, Tab } from './tab.ts';

declare global {
  /** What a page with a widget in a frame keeps for the test. */
  var linxo: {
    readonly frame: HTMLIFrameElement;
    readonly ends: LinxoWidgetEnd[];
    /** All messages of any window. Each was offered to `followLinxoWidget` before. */
    readonly messages: unknown[];
  };
}

/** Linxo's own widget, which is of another site: in a frame of the page, and in its place. */
export function testLinxoWidget(getEngine: () => Engine, getServer: () => QueueServer): void {
  const message = (id: string) => ({
    eventName: 'redirect_to',
    redirect_url: '/success',
    status: 'success',
    result: 'created',
    connection_id: id,
  });
  const end = (id: string): LinxoWidgetEnd => ({
    status: 'success',
    result: 'created',
    connectionId: id,
    redirectUrl: '/success',
  });
  /** The address of a page that says this to the page around it. */
  const saying = (site: string, said: unknown): string =>
    `${site}/widget?say=${encodeURIComponent(JSON.stringify(said))}`;

  /** Shows an empty frame for the widget, and follows what it says. */
  async function showFrame({ page }: Tab): Promise<void> {
    await page.evaluate((origin) => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      globalThis.linxo = { frame, ends: [], messages: [] };
      (globalThis as unknown as FollowingPage).followLinxoWidget(poller, {
        origin,
        source: () => frame.contentWindow,
        onEnd: (said) => linxo.ends.push(said),
      });
      addEventListener('message', ({ data }) => linxo.messages.push(data));
    }, getServer().otherSite);
  }

  /** A page that has read its queue, and polls again only when it is told to. */
  async function openIdle(user = newUser()): Promise<Tab> {
    const server = getServer();
    const since = server.visits.length;
    const tab = await Tab.open(getEngine(), server, { user, schedule: RARE });
    await expect.poll(() => server.reads(since).at(-1)?.status).toBe(204);
    return tab;
  }

  /** The same, with a frame for the widget. */
  async function openWithFrame(user?: string): Promise<Tab> {
    const tab = await openIdle(user);
    await showFrame(tab);
    return tab;
  }

  /** The widget in the frame ends. */
  async function endWidget({ page }: Tab, said: unknown): Promise<void> {
    await page.evaluate(
      (address) => {
        linxo.frame.src = address;
      },
      saying(getServer().otherSite, said),
    );
    await page.waitFor(() => linxo.ends.length > 0);
  }

  const endsIn = ({ page }: Tab): Promise<LinxoWidgetEnd[]> => page.evaluate(() => linxo.ends);

  describe("Linxo's widget in a frame", () => {
    it.each([
      ['an object', (said: object) => said],
      ['JSON text', (said: object) => JSON.stringify(said)],
    ])('Q5 S3 what it says at its end as %s makes the poller follow the connection', async (_form, write) => {
      const { linxo } = getServer().sandbox;
      const tab = await openWithFrame();
      const { id } = linxo.addConnection();
      linxo.synchronise(id, SYNC);
      await expect.poll(() => linxo.isSynchronising(id)).toBe(false);

      await endWidget(tab, write(message(id)));

      expect(await endsIn(tab)).toEqual([end(id)]);
      const recorded = await tab.untilSynced(id);
      expect(recorded.types).toEqual(SYNC.map(({ event }) => event));
    });

    it.each<[who: string, speak: (tab: Tab, said: unknown) => Promise<void>]>([
      [
        "another frame of the widget's own site",
        (tab, said) => tab.page.evaluate(addFrame, saying(getServer().otherSite, said)),
      ],
      [
        'a sandboxed frame, which has no origin',
        (tab, said) => tab.page.evaluate(addFrame, saying(getServer().otherSite, said), 'allow-scripts'),
      ],
      [
        "the widget's frame, when it shows another site",
        (tab, said) => tab.page.evaluate(showInFrame, saying(getServer().url, said)),
      ],
      [
        "the widget's frame, when it is sandboxed",
        (tab, said) => tab.page.evaluate(showInFrame, saying(getServer().otherSite, said), 'allow-scripts'),
      ],
      ['the page itself', (tab, said) => tab.page.evaluate((data) => postMessage(data, '*'), said)],
    ])('S3 the same message from %s is ignored', async (_who, speak) => {
      const server = getServer();
      const tab = await openWithFrame();
      const [hostile, right] = [server.sandbox.linxo.addConnection(), server.sandbox.linxo.addConnection()];

      await speak(tab, message(hostile.id));
      await tab.page.waitFor(() => linxo.messages.length === 1);
      expect(await endsIn(tab)).toEqual([]);

      // From its next page on, the frame has its origin again.
      await tab.page.evaluate(() => linxo.frame.removeAttribute('sandbox'));
      await endWidget(tab, message(right.id));
      expect(await endsIn(tab)).toEqual([end(right.id)]);
      await tab.page.waitFor((id) => poller.connections.has(id), right.id);
      expect(server.visits.map(({ path }) => path)).not.toContain(`connections/${hostile.id}`);
    });

    it('Q1 Q5 a page that is loaded again meanwhile, after the bank, shows it again and loses nothing', async () => {
      const server = getServer();
      const { linxo } = server.sandbox;
      const user = newUser();
      const tab = await openWithFrame(user);
      const { queueId } = await tab.recorded();
      // The bank's own page takes the place of the whole page, and returns to `aspsp_callback_uri`.
      await tab.page.goto(`${server.otherSite}/bank`);
      const { id } = linxo.addConnection();
      linxo.synchronise(id, SYNC);
      await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
      await tab.page.goto(`${server.url}/callback`);
      await tab.follow({ user, schedule: RARE });
      await showFrame(tab);

      await endWidget(tab, message(id));

      const recorded = await tab.untilSynced(id);
      expect(recorded.queueId).toBe(queueId);
      expect(recorded.types).toEqual(SYNC.map(({ event }) => event));
      expect(recorded.pollerEvents).not.toContain('subscribed');
    });
  });

  describe("Linxo's widget in the place of the page", () => {
    it.each(['has ended', 'still runs'])(
      'Q1 Q3 a page that returns with the connection in its address goes on with its queue: the synchronisation %s',
      async (what) => {
        const server = getServer();
        const { linxo } = server.sandbox;
        const user = newUser();
        const tab = await openIdle(user);
        const { queueId } = await tab.recorded();

        await tab.page.goto(`${server.otherSite}/widget/add_connection`);
        const { id } = linxo.addConnection();
        linxo.synchronise(id, SYNC);
        if (what === 'has ended') await expect.poll(() => linxo.isSynchronising(id)).toBe(false);
        await tab.page.goto(`${server.url}/success?status=success&result=created&connection_id=${id}`);
        await tab.follow({ user, schedule: QUICK });
        const outcome = await tab.page.evaluate(async () => {
          const connectionId = new URL(location.href).searchParams.get('connection_id') ?? '';
          poller.track(connectionId);
          poller.nudge();
          const { result, connection } = await poller.whenSynced(connectionId);
          return { result, id: connection.id };
        });

        expect(outcome).toEqual({ result: 'success', id });
        const recorded = await tab.until(({ types }) => types.length >= 6);
        expect(recorded.queueId).toBe(queueId);
        expect(recorded.types).toEqual(SYNC.map(({ event }) => event));
        expect(recorded.pollerEvents).toContain('resumed');
        expect(recorded.pollerEvents).not.toContain('subscribed');
        expect(recorded.pollerEvents.filter((event) => event.startsWith('gap'))).toEqual([]);
      },
    );
  });
}

/** In the page: adds a frame. */
function addFrame(address: string, sandbox?: string): void {
  const frame = document.createElement('iframe');
  if (sandbox) frame.setAttribute('sandbox', sandbox);
  frame.src = address;
  document.body.append(frame);
}

/** In the page: shows a page in the widget's frame. */
function showInFrame(address: string, sandbox?: string): void {
  if (sandbox) linxo.frame.setAttribute('sandbox', sandbox);
  linxo.frame.src = address;
}
