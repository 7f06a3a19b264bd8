import { byId } from '../../../elsewhere-bank/dom/element.js';
import { forgetFaults } from '../../../elsewhere-bank/sandbox/faults.js';
import { queueFaults } from '../../../elsewhere-bank/sandbox/queue-faults.js';
import { createFaultButton } from '../fault-button.js';

/** The buttons that make the queue misbehave. */
export function createQueueFaults() {
  const words = byId('queue-fault-expect', HTMLElement);

  /** @param {import('../../../elsewhere-bank/sandbox/trouble.js').Trouble} trouble */
  async function cause({ make, expect }) {
    words.textContent = ''; // so that the same words are said again
    const isDone = await make().catch(() => false);
    words.textContent = isDone ? expect : 'The sandbox did not take that.';
  }

  async function reset() {
    await forgetFaults();
    words.textContent = 'The queue behaves again.';
  }

  byId('queue-fault-buttons', HTMLElement).append(
    ...queueFaults.map((trouble) => createFaultButton(trouble.label, trouble.name, () => cause(trouble))),
    createFaultButton('Reset', 'queue-reset', reset),
  );
}
