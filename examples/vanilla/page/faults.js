import { byId } from '../../elsewhere-bank/dom/element.js';
import { forgetFaults } from '../../elsewhere-bank/sandbox/faults.js';
import { insightFaults } from '../../elsewhere-bank/sandbox/insight-faults.js';
import { createFaultButton } from './fault-button.js';

/**
 * The buttons that make the sandbox misbehave.
 *
 * @param {{ onSet: () => void }} options `onSet`: the next request is the one that is spoilt
 */
export function createFaultButtons({ onSet }) {
  const words = byId('fault-expect', HTMLElement);

  /** @param {import('../../elsewhere-bank/sandbox/trouble.js').Trouble} fault */
  async function spoil({ make, expect }) {
    words.textContent = ''; // so that the same words are said again
    const isSet = await make();
    words.textContent = isSet ? expect : 'The sandbox did not take that.';
    if (isSet) onSet();
  }

  async function reset() {
    await forgetFaults();
    words.textContent = 'The sandbox behaves again.';
    onSet();
  }

  byId('fault-buttons', HTMLElement).append(
    ...insightFaults.map((fault) => createFaultButton(fault.label, fault.name, () => spoil(fault))),
    createFaultButton('Reset', 'reset', reset),
  );
}

/**
 * Where there is nothing to press.
 *
 * @param {string} why
 */
export function hideFaultButtons(why) {
  const none = byId('faults-none', HTMLElement);
  none.textContent = why;
  none.hidden = false;
  byId('faults', HTMLElement).hidden = true;
}
