/** Strings become text nodes, never HTML. */
export function makeElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param options The label of each value. */
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

/** Writes the text only if it has changed, to avoid a new layout. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
