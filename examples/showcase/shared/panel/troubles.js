import { element } from '../dom/element.js';
import { forgetFaults } from '../sandbox/faults.js';

/**
 * Buttons that make something go wrong, and what to expect of that.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.title
 * @param {string} options.hint
 * @param {readonly import('../sandbox/trouble.js').Trouble[]} options.troubles
 * @param {{ name: string, expect: string }} options.reset
 * @param {() => void} [options.spoil] sends what is to go wrong
 */
export function createTroubles({ name, title, hint, troubles, reset, spoil }) {
  const words = element('p', { class: 'fault-expect', role: 'status', id: `${name}-expect` }, hint);

  /** @param {import('../sandbox/trouble.js').Trouble} trouble */
  async function cause({ make, expect }) {
    words.textContent = ''; // so that a screen reader reads the same words again
    const isDone = await make().then(
      () => true,
      () => false,
    );
    words.textContent = isDone ? expect : 'The sandbox did not take that.';
    if (isDone) spoil?.();
  }

  const all = [...troubles, { ...reset, label: 'Reset', make: forgetFaults }];
  const titleId = `${name}s-title`;
  return element(
    'section',
    { class: 'panel-box', id: `${name}s`, 'aria-labelledby': titleId },
    element('h3', { id: titleId }, title),
    words,
    element(
      'div',
      { class: 'fault-buttons', role: 'group', 'aria-labelledby': titleId },
      ...all.map((trouble) => createFaultButton(trouble.label, trouble.name, () => cause(trouble))),
    ),
  );
}

/**
 * @param {string} label
 * @param {string} name
 * @param {() => void} click
 */
export function createFaultButton(label, name, click) {
  return element('button', { type: 'button', class: 'fault-button', 'data-fault': name, click }, label);
}
