import { element } from '../dom/element.js';

/**
 * A modal dialog that is gone from the page once it has been closed. The browser keeps the focus inside, closes on
 * Escape, and gives the focus back to where it was.
 *
 * @param {{ name: string, title: string }} options
 * @param {...(Node | string)} content
 */
export function openModal({ name, title }, ...content) {
  const id = `modal-${name}`;
  const dialog = element(
    'dialog',
    { class: 'modal', 'data-modal': name, 'aria-labelledby': id },
    element('h3', { id, class: 'modal-title' }, title),
    ...content,
  );
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * @param {{ name: string, title: string, text: string, confirm: string }} options
 * @returns {Promise<boolean>}
 */
export function confirmed({ name, title, text, confirm }) {
  const form = element(
    'form',
    { method: 'dialog', class: 'modal-form' },
    element('p', {}, text),
    element(
      'div',
      { class: 'modal-buttons' },
      element('button', { class: 'button-quiet', value: 'cancel' }, 'Keep it'),
      element('button', { class: 'button button-danger', value: 'confirm' }, confirm),
    ),
  );
  const dialog = openModal({ name, title }, form);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'confirm'));
  });
}
