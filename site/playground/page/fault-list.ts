import type { Fault } from 'bankside/testing';
import { byId, element } from '../../../examples/showcase/shared/dom/element.js';
import { describeScope, KIND_WORDS } from './fault-words.ts';

/** Shows the chosen faults. @param remove Is called with the index of one that a visitor removes. */
export function createFaultList(remove: (index: number) => void): { show(faults: readonly Fault[]): void } {
  const list = byId('fault-list', HTMLOListElement);
  const none = byId('faults-none', HTMLElement);

  function removeAt(index: number): void {
    remove(index);
    // The button that had the focus is gone.
    const buttons = [...list.querySelectorAll('button')];
    (buttons[Math.min(index, buttons.length - 1)] ?? byId('faults-title', HTMLElement)).focus();
  }

  return {
    show(faults) {
      none.hidden = faults.length > 0;
      list.replaceChildren(...faults.map((fault, index) => faultItem(fault, () => removeAt(index))));
    },
  };
}

function faultItem(fault: Fault, click: () => void): HTMLElement {
  const { title } = KIND_WORDS[fault.kind];
  const scope = describeScope(fault);
  return element(
    'li',
    { class: 'fault' },
    element('span', { class: 'fault-words' }, element('strong', {}, title), ' ', element('span', {}, scope)),
    element(
      'button',
      { type: 'button', class: 'fault-remove', 'aria-label': `Remove: ${title}, ${scope}`, click },
      '×',
    ),
  );
}
