import { addressAtBank } from '../../../elsewhere-bank/connections/visit.js';
import { byId } from '../../../elsewhere-bank/dom/element.js';
import { createOtherBanks } from '../../../elsewhere-bank/sandbox/other-banks.js';
import { createStage } from '../../../elsewhere-bank/sandbox/stage.js';
import { openQueue } from '../../bank.js';
import { createPollerPanel } from '../poller/poller-panel.js';
import { createConnections } from './connections.js';
import { createNextSynchronisation } from './next-synchronisation.js';
import { createQueueFaults } from './queue-faults.js';

/** Of this customer, as against another one who uses the same browser. */
const CUSTOMER = 'customer-1';
/** With the sandbox, in ms: short, so that nobody has to wait long to see what happens. */
const SHORT = { close: 500, reconcile: 2_000 };

/**
 * Shows the customer what comes of the banks that are linked, where the bank has a queue.
 *
 * @param {import('../../bank.js').Config} config
 * @param {{ showAccounts: () => void }} widget
 */
export async function followQueue(config, { showAccounts }) {
  const banks = config.sandbox ? await createOtherBanks() : undefined;
  const poller = openQueue(config, {
    user: CUSTOMER,
    ...(banks && { schedule: SHORT, channelKind: banks.channelKind }),
  });
  if (!poller) return undefined;

  const stage = banks && setStage(poller, banks, (id) => connections.watch(id));
  const connections = createConnections(poller, {
    showAccounts,
    again: stage?.again,
    remedies: {
      linkAgain,
      ...(stage && { answer: stage.answer, signIn: stage.mend, addressOf: addressAtBank }),
    },
  });
  createPollerPanel(poller);
  for (const id of ['connections', 'poller']) byId(id, HTMLElement).hidden = false;
  byId('link-another', HTMLElement).addEventListener('click', linkAgain);
  addEventListener('pagehide', ({ persisted }) => {
    if (!persisted) poller.stop(); // a page that may come back goes on by itself
  });

  /** A bank has been linked in the widget: its connection may begin at any moment. */
  function onLinked(
    /** @type {import('../../../elsewhere-bank/sandbox/other-banks.js').Institution} */ institution,
  ) {
    if (stage) {
      stage.link(institution);
    } else {
      poller?.nudge();
      byId('connections', HTMLElement).focus();
    }
  }

  /** How it ends, or fails, the panel tells. */
  const begin = () => poller.start().then(stage?.goOn, () => {});
  begin();

  return {
    poller,

    /** @param {import('bankside').WidgetBridge} bridge whose `queue` is this poller */
    follow(bridge) {
      bridge.on('widgetEvent', ({ params }) => {
        const { eventType, data } = /** @type {Record<string, any>} */ (params ?? {});
        if (eventType === 'bankLinked')
          onLinked({ id: String(data?.institutionId), name: String(data?.name) });
      });
      begin(); // the end of another bridge was its end, too
    },
  };
}

function linkAgain() {
  const search = document.getElementById('bank-search');
  search?.scrollIntoView({ block: 'center' });
  search?.focus({ preventScroll: true });
}

/**
 * The panel's part of what happens at other banks.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {import('../../../elsewhere-bank/sandbox/other-banks.js').OtherBanks} banks
 * @param {(connectionId: string) => Promise<void>} watch
 */
function setStage(poller, banks, watch) {
  const stage = createStage({ poller, banks, watch });
  createNextSynchronisation({ start: stage.startOne, confirm: stage.confirm });
  createQueueFaults();
  for (const id of ['next-sync', 'queue-faults']) byId(id, HTMLElement).hidden = false;
  return stage;
}
