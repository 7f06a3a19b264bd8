import { makeButton, makeElement } from './make-element.ts';

/** What the text is, in words. */
export type CopiedName = 'report' | 'header' | 'configuration' | 'recording';

/**
 * Copies text to the clipboard. If the page may not do that, it shows the text in a dialog.
 *
 * @param root The parent of the dialog.
 * @returns Whether the text was copied.
 */
export async function copyText(text: string, name: CopiedName, root: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    show(text, name, root);
    return false;
  }
}

function show(text: string, name: CopiedName, root: ParentNode): void {
  const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const field = makeElement('textarea', { readonly: '', 'aria-label': label, spellcheck: 'false' });
  field.value = text;
  const dialog = makeElement(
    'dialog',
    { 'aria-label': label },
    makeElement('p', {}, 'This page may not write to the clipboard. Copy the text yourself.'),
    field,
    makeButton('Close', () => dialog.close()),
  );
  dialog.addEventListener('close', () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
  field.select();
}
