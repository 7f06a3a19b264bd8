import {
  asBase64,
  asJson,
  httpTransport,
  nativeTransport,
  QueuePoller,
  WidgetBridge,
  widgetActions,
} from 'bankside';
import { channelOptions, queueOptions, readBank, TIMEOUT } from '../shared/config.js';
import { Cards } from '../shared/connections/cards.js';
import { followLinks } from '../shared/connections/follow-links.js';
import { byId, element } from '../shared/dom/element.js';
import { ActivityLog } from '../shared/panel/activity-log.js';
import { createInspectorRoom } from '../shared/panel/inspector-room.js';
import { createPanel } from '../shared/panel/panel.js';
import { createStage } from '../shared/sandbox/stage.js';
import { followUnread } from '../shared/unread.js';
import { loadBuild } from '../shared/widget/builds.js';
import { actionOptions } from '../shared/widget-options.js';
import { isInApp } from './in-app.js';
import { createConnections } from './page/connections/connections.js';
import { createOwnCommand } from './page/own-command.js';
import { createWidgetOptions } from './page/widget-options.js';
import { startWidget } from './start-widget.js';

/** In ms: short, so that nobody waits long for an app whose side of the bridge is missing. */
const READY_TIMEOUT = 2_000;

const NO_FAULTS = {
  real: 'This page talks to real servers, which cannot be made to misbehave. Start it without their addresses to get the sandbox back.',
  inApp: 'In an app, make the app misbehave: its buttons are beside this page.',
};

/** @type {Record<string, ((response: unknown) => unknown) | undefined>} */
const replyForms = { json: asJson, base64: asBase64 };

const root = byId('widget-root', HTMLElement);

start().catch((error) => {
  const words = 'The widget could not be started. Please load the page again.';
  root.replaceChildren(element('p', { class: 'widget-absent', role: 'alert' }, words));
  console.error(error);
});

async function start() {
  const bank = await readBank();
  const { config } = bank;
  const inApp = isInApp();
  const whyNoFaults = inApp ? NO_FAULTS.inApp : config.sandbox ? undefined : NO_FAULTS.real;
  const log = new ActivityLog({ id: 'activity', titleId: 'activity-title' });
  const channel = inApp
    ? nativeTransport({ readyTimeout: READY_TIMEOUT })
    : httpTransport(channelOptions(config, log));
  // An app holds the tokens, that of the queue as well, and this page has none.
  const { poller, stage } = inApp ? {} : openQueue(bank);

  const panel = createPanel({ log, poller, stage, whyNoFaults });
  byId('panel-boxes', HTMLElement).append(...panel.elements);
  byId('shown-in', HTMLElement).hidden = whyNoFaults !== undefined;
  const inspector = createInspectorRoom(
    byId('inspector-room', HTMLElement),
    () => import('bankside/inspector'),
  );
  const readOptions = createWidgetOptions(restart);

  /** @type {WidgetBridge} */
  let bridge;
  restart();
  createOwnCommand((server, command) => bridge.send(server, command));

  function restart() {
    const { callShape, replyForm } = readOptions();
    bridge?.dispose();
    loadBuild(callShape);
    bridge = new WidgetBridge({
      transport: channel,
      timeout: TIMEOUT,
      reply: replyForms[replyForm],
      queue: poller,
    });
    panel.watch(bridge);
    inspector.watch(bridge);
    if (poller) {
      followLinks(bridge, poller, stage);
      // The end of another bridge was its end, too. The panel shows a failure.
      poller.start().then(stage?.goOn, () => {});
    }
    widgetActions(bridge, actionOptions);
    startWidget(bridge, { el: root, base64: replyForm === 'base64' });
    followUnread(bridge, showUnread);
  }
}

/**
 * Shows the customer what comes of the banks that are linked, where the bank has a queue.
 *
 * @param {import('../shared/config.js').Bank} bank
 */
function openQueue({ config: { queue }, banks }) {
  if (!queue) return {};
  const poller = new QueuePoller(queueOptions(queue, banks));
  const cards = new Cards(poller);
  const stage = banks && createStage({ poller, banks, watch: cards.watch });
  createConnections({ poller, cards, stage });
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) poller.stop(); // a page that may come back goes on by itself
  });
  return { poller, stage };
}

/** @param {number} unread */
function showUnread(unread) {
  byId('unread', HTMLElement).hidden = unread === 0;
  byId('unread-count', HTMLElement).textContent = String(unread);
}
