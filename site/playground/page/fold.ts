import { byId } from '../../../examples/showcase/shared/dom/element.js';

/** A button that shows and hides what it controls. On a wide screen all of it is shown, and the button is not. */
export function createFold(id: string): void {
  const button = byId(id, HTMLButtonElement);
  const body = byId(button.getAttribute('aria-controls') ?? '', HTMLElement);
  button.addEventListener('click', () => {
    const isOpen = button.ariaExpanded !== 'true';
    button.ariaExpanded = String(isOpen);
    body.classList.toggle('is-open', isOpen);
  });
}
