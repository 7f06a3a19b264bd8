/** Makes an element. Attributes that are `undefined` are left out; texts become text, and nothing becomes HTML. */
export function makeElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A choice of one, with what is said for each. */
export function makeSelect(
  label: string,
  options: Readonly<Record<string, string>>,
  chosen: string,
): HTMLSelectElement {
  const made = Object.entries(options).map(([value, text]) => makeElement('option', { value }, text));
  const select = makeElement('select', { 'aria-label': label }, ...made);
  select.value = chosen;
  return select;
}

export function makeButton(text: string, press: () => void): HTMLButtonElement {
  const button = makeElement('button', { type: 'button' }, text);
  button.addEventListener('click', press);
  return button;
}

/** Writes a text where it is another than what stands there. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
