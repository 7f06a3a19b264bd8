import { Outage } from '../../../shared/connections/outage.js';
import { byId, element } from '../../../shared/dom/element.js';

/**
 * What the page says while the bank's updates cannot be read.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {(words: string, topic: string) => void} announce
 */
export function createOutage(poller, announce) {
  const outage = new Outage(poller);
  const words = element('p');
  const button = element('button', { type: 'button', class: 'button-quiet', click: outage.remedy });
  const line = byId('outage', HTMLElement);
  line.append(words, button);

  function show() {
    const { words: said, next, remedy } = outage.getSnapshot();
    line.dataset.shown = String(said !== '');
    words.textContent = `${said} ${next}`;
    button.textContent = remedy ?? '';
    button.hidden = !remedy;
  }

  outage.subscribe(show);
  outage.follow((said) => announce(said, 'outage'));
  show();
}
