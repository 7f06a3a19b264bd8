import { makeElement } from './make-element.ts';

/** Long enough for a browser that asks where to save, in ms. */
const DOWNLOAD_TIME = 60_000;

/** Offers text as a download. The page gets no element, and no script of the page sees the click. */
export function saveFile({ name, text }: { readonly name: string; readonly text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  makeElement('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_TIME);
}
