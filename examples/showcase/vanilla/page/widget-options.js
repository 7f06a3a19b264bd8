import { byId, element } from '../../shared/dom/element.js';
import { builds } from '../../shared/widget/builds.js';

/**
 * Which build the stand-in is of, and how it gets its replies. The shipped build takes no JSON text.
 *
 * @param {() => void} onChange
 */
export function createWidgetOptions(onChange) {
  const form = byId('widget-options', HTMLFormElement);
  byId('shape-choices', HTMLElement).append(...Object.entries(builds).map(createChoice));
  const replyForm = byId('reply-form', HTMLSelectElement);
  form.addEventListener('change', () => {
    offerReplyForms();
    onChange();
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  /** The shipped build takes any text for a failed reply, unless it expects Base64. */
  function offerReplyForms() {
    const isShipped = new FormData(form).get('callShape') === 'a';
    for (const option of replyForm.options) option.disabled = isShipped && option.value === 'json';
    if (replyForm.selectedOptions[0]?.disabled) replyForm.value = 'object';
  }

  offerReplyForms();
  return () => {
    const values = new FormData(form);
    return { callShape: String(values.get('callShape')), replyForm: String(values.get('replyForm')) };
  };
}

/**
 * @param {[string, { title: string, signature: string }]} entry
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
