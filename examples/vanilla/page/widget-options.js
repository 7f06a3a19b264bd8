import { byId, element } from '../../elsewhere-bank/dom/element.js';
import { callShapes } from '../../elsewhere-bank/widget/call-shapes.js';

/**
 * How the stand-in is to call the page, and how it wants its replies.
 *
 * @param {() => void} onChange
 */
export function createWidgetOptions(onChange) {
  const form = byId('widget-options', HTMLFormElement);
  byId('shape-choices', HTMLElement).append(...Object.entries(callShapes).map(createChoice));
  form.addEventListener('change', onChange);
  form.addEventListener('submit', (event) => event.preventDefault());

  return () => {
    const values = new FormData(form);
    return { callShape: String(values.get('callShape')), replyForm: String(values.get('replyForm')) };
  };
}

/**
 * @param {[string, import('../../elsewhere-bank/widget/call-shapes.js').CallShape]} entry
 * @param {number} index
 */
function createChoice([name, { title, signature }], index) {
  return element(
    'label',
    { class: 'shape' },
    element('input', { type: 'radio', name: 'callShape', value: name, checked: index === 0 }),
    element('span', { class: 'shape-name', 'aria-hidden': true }, name),
    element(
      'span',
      { class: 'shape-words' },
      element('span', { class: 'shape-title' }, title),
      element('code', {}, signature),
    ),
  );
}
