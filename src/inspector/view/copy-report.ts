import { makeButton, makeElement } from './make-element.ts';

/**
 * Copies the report to the clipboard. If the page may not do that, it shows the report in a dialog.
 *
 * @param root The parent of the dialog.
 * @returns Whether the text was copied.
 */
export async function copyReport(text: string, root: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    show(text, root);
    return false;
  }
}

function show(text: string, root: ParentNode): void {
  const field = makeElement('textarea', { readonly: '', 'aria-label': 'Report', spellcheck: 'false' });
  field.value = text;
  const dialog = makeElement(
    'dialog',
    { 'aria-label': 'Report' },
    makeElement('p', {}, 'This page may not write to the clipboard. Copy the text yourself.'),
    field,
    makeButton('Close', () => dialog.close()),
  );
  dialog.addEventListener('close', () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
  field.select();
}
