import { byId, element } from '../../../elsewhere-bank/dom/element.js';
import { choosePlay, nextPlay } from '../../../elsewhere-bank/sandbox/next-play.js';
import { scenarios, speeds } from '../../../elsewhere-bank/sandbox/scenarios.js';

/**
 * Offers how the next synchronisation may go.
 *
 * @param {{ start: () => void, confirm: () => void }} actions `confirm`: what is asked for is answered at the other bank
 */
export function createNextSynchronisation({ start, confirm }) {
  const form = byId('next-sync', HTMLFormElement);
  const scenario = byId('next-scenario', HTMLSelectElement);
  const speed = byId('next-speed', HTMLSelectElement);
  scenario.append(...optionsOf(scenarios));
  speed.append(...optionsOf(speeds));
  scenario.value = nextPlay().scenario;
  speed.value = String(nextPlay().speed);

  form.addEventListener('change', () => choosePlay({ scenario: scenario.value, speed: Number(speed.value) }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  byId('confirm-there', HTMLElement).addEventListener('click', confirm);
}

/** @param {Record<string, string>} choices */
function optionsOf(choices) {
  return Object.entries(choices).map(([value, words]) => element('option', { value }, words));
}
