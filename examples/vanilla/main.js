import { asBase64, asJson, nativeTransport } from 'bankside';
import { byId, element } from '../elsewhere-bank/dom/element.js';
import { listenForReplies } from '../elsewhere-bank/sandbox/pushed-replies.js';
import { idOf, tagOf } from '../elsewhere-bank/sandbox/request-tag.js';
import { watchedFetch } from '../elsewhere-bank/sandbox/watched-fetch.js';
import { openStoryDialog } from '../elsewhere-bank/story-dialog.js';
import { loadBuild } from '../elsewhere-bank/widget/builds.js';
import { followWidget, openBridge, openChannel, readConfig, startWidget } from './bank.js';
import { isInApp } from './in-app.js';
import { createActivityPanel } from './page/activity/activity-panel.js';
import { createFaultButtons, hideFaultButtons } from './page/faults.js';
import { createInspectorRoom } from './page/inspector-room.js';
import { goTo } from './page/navigation.js';
import { createOwnCommand } from './page/own-command.js';
import { followQueue } from './page/queue/follow-queue.js';
import { createUnreadBadge } from './page/unread-badge.js';
import { createWidgetOptions } from './page/widget-options.js';

/** Short, so that nobody has to wait long to see a missing answer. */
const TIMEOUT = 4_000;
/** The same, for an app whose side of the bridge is not there. */
const READY_TIMEOUT = 2_000;

const NO_FAULTS = {
  real: 'This page talks to real servers, which cannot be told to misbehave. Start it without their addresses to get the sandbox back.',
  inApp: 'In an app, it is the app that can be told to misbehave: beside this page, not in it.',
};

/** @type {Record<string, ((response: unknown) => unknown) | undefined>} */
const replyForms = { json: asJson, base64: asBase64 };

const root = byId('widget-root', HTMLElement);
byId('timeout-words', HTMLElement).textContent = `${TIMEOUT / 1_000} seconds`;

start().catch((error) => {
  const words = 'The widget could not be started. Please load the page again.';
  root.replaceChildren(element('p', { class: 'widget-absent', role: 'alert' }, words));
  console.error(error);
});

async function start() {
  const config = await readConfig();
  const activity = createActivityPanel();
  const badge = createUnreadBadge();
  const inspector = createInspectorRoom();
  const readOptions = createWidgetOptions(restart);
  const inApp = isInApp();
  const whyNoFaults = inApp ? NO_FAULTS.inApp : config.sandbox ? undefined : NO_FAULTS.real;
  // An app holds the tokens, that of the queue as well, and this page has none.
  const queue = inApp
    ? undefined
    : await followQueue(config, { showAccounts: () => window.personetics.show('linked') });
  const channel = inApp
    ? nativeTransport({ readyTimeout: READY_TIMEOUT })
    : openChannel(config, config.sandbox ? watchedBy(activity, config) : {});

  /** @type {import('bankside').WidgetBridge} */
  let bridge;
  restart();

  createOwnCommand((server, command) => bridge.send(server, command));
  byId('shown-in', HTMLElement).hidden = whyNoFaults !== undefined;
  if (whyNoFaults) {
    hideFaultButtons(whyNoFaults);
  } else {
    createFaultButtons({ onSet: () => window.personetics.refresh('insights') });
    listenForReplies((response, requestId) => bridge.handlePServerResponse(response, requestId));
  }

  function restart() {
    const { callShape, replyForm } = readOptions();
    bridge?.dispose();
    loadBuild(callShape);
    bridge = openBridge(channel, { timeout: TIMEOUT, reply: replyForms[replyForm], queue: queue?.poller });
    activity.watch(bridge);
    inspector.watch(bridge);
    queue?.follow(bridge);
    followWidget(bridge, { openPlace: openStoryDialog, navigate: goTo });
    startWidget(bridge, { el: root, base64: replyForm === 'base64' });
    badge.follow(bridge);
  }
}

/**
 * Names each request to the sandbox, whose push channel answers by that name, and tells what happens on the wire. Real
 * servers may not allow the header.
 *
 * @param {ReturnType<typeof createActivityPanel>} activity
 * @param {import('./bank.js').Config} config
 */
function watchedBy(activity, { headers }) {
  return {
    headers: (/** @type {import('bankside').WidgetRequest} */ { requestId }) => ({
      ...headers,
      'x-request-id': tagOf(requestId),
    }),
    fetch: watchedFetch(({ tag, outcome }) => {
      const requestId = tag && idOf(tag);
      if (requestId) activity.addStep(requestId, outcome);
    }),
  };
}
