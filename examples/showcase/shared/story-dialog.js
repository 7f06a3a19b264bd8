import { element } from './dom/element.js';
import { icon } from './widget/icon.js';
import { openModal } from './widget/modal.js';

/** Opens a dialog of the bank's, and returns the place in it where the widget shows a story. */
export function openStoryDialog() {
  const place = element('div');
  const click = () => dialog.close();
  const close = element(
    'button',
    { type: 'button', class: 'button-round modal-close', 'aria-label': 'Close', click },
    icon('close'),
  );
  const dialog = openModal({ name: 'insight', title: 'Your insight' }, close, place);
  return place;
}
