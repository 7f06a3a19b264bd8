import { byId } from '../../../examples/showcase/shared/dom/element.js';

/** How long a message is seen, in ms. */
const SHOWN_FOR = 4_000;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Says for a moment what has just been done. Screen readers read it. */
export function say(words: string): void {
  const status = byId('status', HTMLElement);
  status.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => {
    status.textContent = '';
  }, SHOWN_FOR);
}

/** Shows a message of the page until it is called without words. */
export function showMessage(id: 'left-out' | 'problem', words: string | undefined): void {
  const place = byId(id, HTMLElement);
  place.hidden = words === undefined;
  place.textContent = words ?? '';
}
