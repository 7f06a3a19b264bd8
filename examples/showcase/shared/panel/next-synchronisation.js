import { element } from '../dom/element.js';
import { choosePlay, nextPlay, scenarios, speeds } from '../sandbox/next-play.js';

/**
 * Offers how the next synchronisation may go.
 *
 * @param {Pick<import('../sandbox/stage.js').Stage, 'startOne' | 'confirm'>} stage
 */
export function createNextSynchronisation({ startOne, confirm }) {
  const play = nextPlay();
  const scenario = select('next-scenario', scenarios, play.scenario);
  const speed = select('next-speed', speeds, String(play.speed));

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    startOne();
  }
  const change = () => choosePlay({ scenario: scenario.value, speed: Number(speed.value) });

  return element(
    'form',
    {
      class: 'panel-box',
      id: 'next-sync',
      'aria-labelledby': 'next-sync-title',
      autocomplete: 'off',
      submit,
      change,
    },
    element('h3', { id: 'next-sync-title' }, 'How the next bank behaves'),
    element('p', { class: 'panel-note' }, 'Holds for the next bank that is linked, or updated again.'),
    element('label', { class: 'field' }, element('span', {}, 'What happens there'), scenario),
    element('label', { class: 'field' }, element('span', {}, 'How fast'), speed),
    element(
      'div',
      { class: 'fault-buttons' },
      element('button', { type: 'submit', class: 'fault-button' }, 'Start one'),
      element(
        'button',
        { type: 'button', class: 'fault-button', id: 'confirm-there', click: confirm },
        'Confirm in the app',
      ),
    ),
  );
}

/**
 * @param {string} id
 * @param {Record<string, string>} choices
 * @param {string} chosen
 */
function select(id, choices, chosen) {
  const options = Object.entries(choices).map(([value, words]) =>
    element('option', { value, selected: value === chosen }, words),
  );
  return element('select', { id }, ...options);
}
