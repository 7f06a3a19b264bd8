import { watchPoller } from '../../../elsewhere-bank/activity/watch-poller.js';
import { createAnnouncer } from '../../../elsewhere-bank/dom/announcer.js';
import { byId } from '../../../elsewhere-bank/dom/element.js';
import { ActivityLog } from '../activity/activity-log.js';

/**
 * “What the queue poller is doing”, beside what the bridge does.
 *
 * @param {import('bankside').QueuePoller} poller
 */
export function createPollerPanel(poller) {
  const log = new ActivityLog({
    list: byId('poller-log', HTMLElement),
    none: byId('poller-log-none', HTMLElement),
  });
  watchPoller(poller, { log, announce: createAnnouncer(byId('poller-status-words', HTMLElement)), show });

  const pause = byId('poller-pause', HTMLElement);
  byId('poller-nudge', HTMLElement).addEventListener('click', () => poller.nudge());
  byId('poller-clear', HTMLElement).addEventListener('click', () => log.clear());
  pause.addEventListener('click', () => {
    if (poller.status === 'paused') poller.resume();
    else poller.pause();
  });
  poller.subscribe(showSnapshot);
  showSnapshot();

  function showSnapshot() {
    const { status, queueId } = poller.getSnapshot();
    byId('poller', HTMLElement).dataset.status = status;
    show('status', status);
    show('queue', queueId ?? 'none');
    pause.textContent = status === 'paused' ? 'Resume' : 'Pause';
  }
}

/**
 * @param {string} name
 * @param {string} words
 */
function show(name, words) {
  byId(`poller-${name}`, HTMLElement).textContent = words;
}
