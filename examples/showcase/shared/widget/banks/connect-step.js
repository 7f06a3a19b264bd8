import { element } from '../../dom/element.js';
import { icon } from '../icon.js';

/**
 * The last step of linking happens at the other bank, in a tab of its own.
 *
 * @param {{ connectUrl: unknown, name: string, consent: string | undefined, onDone: () => void }} step
 */
export function createConnectStep({ connectUrl, name, consent, onDone }) {
  return element(
    'div',
    { class: 'connect-step' },
    element('p', {}, `Sign in at ${name} in a new tab, and come back here when you have finished.`),
    consent && element('p', { class: 'row-note' }, consent),
    element(
      'div',
      { class: 'connect-actions' },
      element(
        'a',
        { class: 'button', href: webAddress(connectUrl), target: '_blank', rel: 'noopener noreferrer' },
        `Continue at ${name}`,
        icon('external'),
        element('span', { class: 'visually-hidden' }, ' (opens a new tab)'),
      ),
      element(
        'button',
        { type: 'button', class: 'button-quiet', 'data-done': '', click: onDone },
        'I have finished',
      ),
    ),
  );
}

/** @param {unknown} address An address comes from a server, and `javascript:` is an address, too. */
function webAddress(address) {
  const url = new URL(String(address), location.href);
  const safe = url.protocol === 'https:' || url.origin === location.origin;
  if (!safe) throw new Error('The link of that bank is not safe.');
  return url.href;
}
