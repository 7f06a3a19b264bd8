import { byId, element } from '../../../examples/showcase/shared/dom/element.js';
import type { Settings } from '../settings.ts';
import { type CodeFile, wiringCode } from '../wiring-code/wiring-code.ts';
import { copy } from './copy.ts';
import { highlight } from './highlight.ts';
import { say } from './status.ts';

/** The code that wires the page, for the framework that a visitor chooses. */
export function createCodePanel(choose: (code: Settings['code']) => void): {
  show(settings: Settings): void;
} {
  const radios = byId('code', HTMLFieldSetElement).querySelectorAll('input');
  for (const radio of radios) {
    radio.addEventListener('change', () => choose(radio.value as Settings['code']));
  }

  return {
    show(settings) {
      for (const radio of radios) radio.checked = radio.value === settings.code;
      byId('code-files', HTMLElement).replaceChildren(...wiringCode(settings).map(codeFile));
    },
  };
}

function codeFile({ name, text }: CodeFile): HTMLElement {
  const code = element('code', {}, ...highlight(text));
  return element(
    'section',
    { class: 'code-file', 'aria-label': name },
    element(
      'div',
      { class: 'code-head' },
      element('h3', {}, name),
      element(
        'button',
        { type: 'button', class: 'button-quiet', 'aria-label': `Copy ${name}`, click },
        'Copy',
      ),
    ),
    element('pre', { tabindex: '0', role: 'region', 'aria-label': `The code of ${name}` }, code),
  );

  async function click(): Promise<void> {
    const isCopied = await copy(text);
    if (!isCopied) getSelection()?.selectAllChildren(code);
    say(
      isCopied
        ? `${name} is copied.`
        : `${name} is selected, but this browser does not let the page copy it.`,
    );
  }
}
