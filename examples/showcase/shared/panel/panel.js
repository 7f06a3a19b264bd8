import { element } from '../dom/element.js';
import { insightFaults } from '../sandbox/insight-faults.js';
import { listenForReplies } from '../sandbox/pushed-replies.js';
import { queueFaults } from '../sandbox/queue-faults.js';
import { createActivityPanel } from './activity-panel.js';
import { createNextSynchronisation } from './next-synchronisation.js';
import { createPollerPanel } from './poller-panel.js';
import { createTroubles } from './troubles.js';

/**
 * The boxes of “Behind the page”, in their order.
 *
 * @param {object} options
 * @param {import('./activity-log.js').ActivityLog} options.log
 * @param {import('bankside').QueuePoller | undefined} options.poller
 * @param {import('../sandbox/stage.js').Stage | undefined} options.stage
 * @param {string | undefined} [options.whyNoFaults] what is said where there is no sandbox that can misbehave
 */
export function createPanel({ log, poller, stage, whyNoFaults }) {
  const activity = createActivityPanel(log);
  const pollerPanel = poller && createPollerPanel(poller);
  /** @type {import('bankside').WidgetBridge | undefined} */
  let current;
  // Of the servers that the widget asks: a reply may come over the push channel, too.
  const stopListening =
    stage && listenForReplies((response, requestId) => current?.handlePServerResponse(response, requestId));

  return {
    elements: [
      activity.element,
      stage ? createInsightFaults() : whyNoFaults && createNote(whyNoFaults),
      pollerPanel?.element,
      stage && createNextSynchronisation(stage),
      stage && createQueueFaults(),
    ].flatMap((box) => box || []),

    /**
     * @param {import('bankside').WidgetBridge} bridge
     * @returns {() => void} ends it
     */
    watch(bridge) {
      current = bridge;
      return activity.watch(bridge);
    },

    stop() {
      if (stopListening) stopListening();
      pollerPanel?.stop();
    },
  };
}

function createInsightFaults() {
  return createTroubles({
    name: 'fault',
    title: 'Make the sandbox misbehave',
    hint: 'Each button asks for the insights again, and spoils that one request.',
    troubles: insightFaults,
    reset: { name: 'reset', expect: 'The sandbox behaves again.' },
    spoil: () => window.personetics.refresh('insights'),
  });
}

function createQueueFaults() {
  return createTroubles({
    name: 'queue-fault',
    title: 'Make the queue misbehave',
    hint: 'Each button spoils what the poller does next. While something goes on, it polls every half second here; the default is 1.8 seconds.',
    troubles: queueFaults,
    reset: { name: 'queue-reset', expect: 'The queue behaves again.' },
  });
}

/** @param {string} words */
function createNote(words) {
  return element(
    'section',
    { class: 'panel-box', 'aria-labelledby': 'no-faults-title' },
    element('h3', { id: 'no-faults-title' }, 'Make the sandbox misbehave'),
    element('p', { class: 'panel-note' }, words),
  );
}
