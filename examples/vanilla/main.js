import { asBase64, asJson } from 'bankside';
import { openBridge, openChannel, readConfig, startWidget } from './bank.js';
import { byId } from './dom/element.js';
import { createActivityPanel } from './page/activity/activity-panel.js';
import { createFaultButtons, hideFaultButtons } from './page/faults.js';
import { followNavigation } from './page/navigation.js';
import { createOwnCommand } from './page/own-command.js';
import { listenForReplies } from './page/pushed-replies.js';
import { idOf, tagOf } from './page/request-tag.js';
import { createUnreadBadge } from './page/unread-badge.js';
import { watchedFetch } from './page/watched-fetch.js';
import { createWidgetOptions } from './page/widget-options.js';

/** Short, so that nobody has to wait long to see a missing answer. */
const TIMEOUT = 4_000;

/** @type {Record<string, ((response: unknown) => unknown) | undefined>} */
const replyForms = { json: asJson, base64: asBase64 };

byId('timeout-words', HTMLElement).textContent = `${TIMEOUT / 1_000} seconds`;
const root = byId('widget-root', HTMLElement);
const config = await readConfig();

const activity = createActivityPanel();
const badge = createUnreadBadge();
const readOptions = createWidgetOptions(restart);
const channel = openChannel(config, config.sandbox ? { headers: tagged, fetch: watchedFetch(tellStep) } : {});
/** @type {import('bankside').WidgetBridge} */
let bridge;
restart();
createOwnCommand(() => bridge);

if (config.sandbox) {
  createFaultButtons({ onSet: () => window.personetics.refresh('insights') });
  listenForReplies((response, requestId) => bridge.handlePServerResponse(response, requestId));
} else {
  hideFaultButtons();
}

function restart() {
  const { callShape, replyForm } = readOptions();
  bridge?.dispose();
  bridge = openBridge(channel, { timeout: TIMEOUT, reply: replyForms[replyForm] });
  activity.watch(bridge);
  followNavigation(bridge);
  startWidget(bridge, { root, callShape });
  badge.follow(bridge);
}

/**
 * The tag names the request to the sandbox, whose push channel answers with it. Real servers may not allow the header.
 *
 * @param {import('bankside').WidgetRequest} request
 */
function tagged({ requestId }) {
  return { ...config.headers, 'x-request-id': tagOf(requestId) };
}

/** @param {import('./page/watched-fetch.js').Attempt} attempt */
function tellStep({ requestId, outcome }) {
  const id = requestId === undefined ? undefined : idOf(requestId);
  if (id !== undefined) activity.addStep(id, outcome);
}
