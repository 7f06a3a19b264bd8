import { createAnnouncer } from '../dom/announcer.js';
import { element } from '../dom/element.js';
import { ActivityLog } from './activity-log.js';
import { watchPoller } from './watch-poller.js';

/**
 * “What the queue poller is doing”.
 *
 * @param {import('bankside').QueuePoller} poller
 */
export function createPollerPanel(poller) {
  const log = new ActivityLog({ id: 'poller-log', titleId: 'poller-title', look: 'poller-scroll' });
  const status = element('span', { class: 'poller-status', id: 'poller-status' });
  const queue = element('code', { id: 'poller-queue' });
  const announcements = element('p', { class: 'visually-hidden', role: 'status', id: 'poller-status-words' });
  const pause = button('poller-pause', '', () => {
    if (poller.status === 'paused') poller.resume();
    else poller.pause();
  });
  const counts = {
    polls: element('dd', {}, '0'),
    events: element('dd', {}, '0'),
    gaps: element('dd', {}, '0'),
    failures: element('dd', {}, '0'),
  };

  const panel = element(
    'section',
    { class: 'panel-box', id: 'poller', 'aria-labelledby': 'poller-title' },
    element(
      'div',
      { class: 'panel-box-head' },
      element('h3', { id: 'poller-title' }, 'What the queue poller is doing'),
      element(
        'button',
        { type: 'button', class: 'button-quiet', id: 'poller-clear', click: () => log.clear() },
        'Clear',
      ),
    ),
    element(
      'dl',
      { class: 'facts' },
      fact('Status', element('dd', {}, status)),
      fact('Queue', element('dd', {}, queue)),
      fact('Polls', counts.polls),
      fact('Events', counts.events),
      fact('Gaps', counts.gaps),
      fact('Failures', counts.failures),
    ),
    element(
      'div',
      { class: 'fault-buttons', role: 'group', 'aria-labelledby': 'poller-title' },
      button('poller-nudge', 'Poll now', () => poller.nudge()),
      pause,
    ),
    log.element,
    announcements,
  );

  function showSnapshot() {
    const snapshot = poller.getSnapshot();
    panel.dataset.status = snapshot.status;
    status.textContent = snapshot.status;
    queue.textContent = snapshot.queueId ?? 'none';
    pause.textContent = snapshot.status === 'paused' ? 'Resume' : 'Pause';
  }

  const unwatch = watchPoller(poller, {
    log,
    announce: createAnnouncer(announcements),
    show: (name, words) => {
      counts[name].textContent = words;
    },
  });
  const unsubscribe = poller.subscribe(showSnapshot);
  showSnapshot();
  return {
    element: panel,
    stop() {
      unwatch();
      unsubscribe();
    },
  };
}

/**
 * @param {string} title
 * @param {HTMLElement} description
 */
function fact(title, description) {
  return element('div', {}, element('dt', {}, title), description);
}

/**
 * @param {string} id
 * @param {string} words
 * @param {() => void} click
 */
function button(id, words, click) {
  return element('button', { type: 'button', class: 'fault-button', id, click }, words);
}
