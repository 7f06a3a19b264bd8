import { type QueuePoller, type WidgetBridge, widgetActions } from 'bankside';
import type { ChannelKind } from 'bankside/testing';
import { Cards } from '../../../examples/showcase/shared/connections/cards.js';
import { followLinks } from '../../../examples/showcase/shared/connections/follow-links.js';
import { byId } from '../../../examples/showcase/shared/dom/element.js';
import { followUnread } from '../../../examples/showcase/shared/unread.js';
import { actionOptions } from '../../../examples/showcase/shared/widget-options.js';
import { createConnections } from '../../../examples/showcase/vanilla/page/connections/connections.js';
import { startWidget } from '../../../examples/showcase/vanilla/start-widget.js';
import type { Settings } from '../settings.ts';
import { connectSandbox, type SandboxLink } from '../worker/connect-sandbox.ts';
import { putAppAround } from './app-around.ts';
import { Notices } from './notices.ts';
import { playRecording } from './play-recording.ts';
import { putWidget } from './put-widget.ts';
import { createStage } from './stage.ts';
import { wire } from './wiring.ts';

/** What the page is wired with. */
export interface Bank {
  readonly bridge: WidgetBridge;
  readonly poller: QueuePoller | undefined;
}

/**
 * Starts the bank's page over a sandbox of its own.
 *
 * @param replay The text of a recording.
 * @param onWired Is called before the first request is sent.
 * @throws Error with one sentence, if the sandbox cannot be opened.
 */
export async function startBank(
  settings: Settings,
  replay: string | undefined,
  onWired: (bank: Bank) => void,
): Promise<Bank> {
  const { shownIn, widget, replies, faults, seed, synchronisation } = settings;
  const notices = new Notices(byId('notices', HTMLElement));
  const link = await connectSandbox(
    { faults, seed, replay },
    {
      onPush: ({ response, requestId }) => bridge.handlePServerResponse(response, requestId),
      onReopened: () => notices.showReopened(),
    },
  );
  if (link.whyInPage) notices.showInPage(link.whyInPage);
  if (shownIn !== 'browser') putAppAround(shownIn, link);
  const recorded = replay === undefined ? undefined : await link.run('recorded');

  const kinds = new Map<string, ChannelKind>();
  const { bridge, poller } = wire({
    settings,
    fetch: link.fetch,
    channelKind: (id) => kinds.get(id),
    hasQueue: recorded ? recorded.hasQueue : synchronisation !== 'none',
  });
  onWired({ bridge, poller });
  notices.watch(bridge);
  if (poller) openQueue({ bridge, poller }, settings, link, kinds, recorded !== undefined);
  putWidget(widget);
  widgetActions(bridge, actionOptions);
  startWidget(bridge, { el: byId('widget-root', HTMLElement), base64: replies === 'base64' });
  followUnread(bridge, showUnread);
  if (recorded) {
    const { requests } = recorded;
    void playRecording(bridge, requests, (sent) => notices.showPlayed(sent, requests.length));
  }
  return { bridge, poller };
}

function openQueue(
  { bridge, poller }: { readonly bridge: WidgetBridge; readonly poller: QueuePoller },
  { synchronisation, speed, seed }: Settings,
  link: SandboxLink,
  kinds: Map<string, ChannelKind>,
  isReplay: boolean,
): void {
  const cards = new Cards(poller);
  const scenario = synchronisation === 'none' ? 'success' : synchronisation;
  const play = { scenario, speed, seed };
  const stage = createStage({ poller, link, play, kinds, watch: cards.watch });
  createConnections({ poller, cards, stage: isReplay ? undefined : stage });
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) poller.stop(); // a page that may come back goes on by itself
  });
  if (!isReplay) {
    followLinks(bridge, poller, stage);
    const off = poller.on('subscribed', () => {
      off();
      stage.startOne().catch(() => {}); // the page shows the failure of the poller
    });
  }
  poller.start().catch(() => {}); // the same
}

function showUnread(unread: number): void {
  byId('unread', HTMLElement).hidden = unread === 0;
  byId('unread-count', HTMLElement).textContent = String(unread);
}
