import type { Fault, FaultKind } from 'bankside/testing';
import { byId, element } from '../../../examples/showcase/shared/dom/element.js';
import { readFault } from '../../../src/testing/faults/read-fault.ts';
import { filledIn, firstFields, furtherFields } from './fault-fields.ts';
import { KIND_WORDS } from './fault-words.ts';

/** Kinds of the event queue only. */
const OF_QUEUE = ['lost', 'silently-lost', 'truncated', 'duplicate', 'malformed', 'burst', 'gone'];

/** The form that adds a fault. @param add Is called with a valid fault. */
export function createFaultForm(add: (fault: Fault) => void): void {
  const form = byId('fault-form', HTMLFormElement);
  const kinds = byId('fault-kind', HTMLSelectElement);
  const problem = byId('fault-error', HTMLElement);
  fillKinds(kinds);
  showKind();
  kinds.addEventListener('change', showKind);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  function chosen(): FaultKind {
    return kinds.value as FaultKind;
  }

  function showKind(): void {
    byId('fault-kind-help', HTMLElement).textContent = KIND_WORDS[chosen()].help;
    byId('fault-fields', HTMLElement).replaceChildren(...firstFields(chosen()));
    byId('fault-more', HTMLElement).replaceChildren(...furtherFields(chosen()));
    problem.hidden = true;
  }

  function submit(): void {
    try {
      const fault = readFault(filledIn(chosen(), form));
      problem.hidden = true;
      add(fault);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
      problem.scrollIntoView({ block: 'nearest' });
    }
  }
}

function fillKinds(kinds: HTMLSelectElement): void {
  const options = (isOfQueue: boolean) =>
    Object.entries(KIND_WORDS)
      .filter(([kind]) => OF_QUEUE.includes(kind) === isOfQueue)
      .map(([kind, { title }]) => element('option', { value: kind }, title));
  kinds.replaceChildren(
    element('optgroup', { label: 'Any server' }, ...options(false)),
    element('optgroup', { label: 'Event queue only' }, ...options(true)),
  );
}
