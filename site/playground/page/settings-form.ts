import { byId } from '../../../examples/showcase/shared/dom/element.js';
import type { Settings } from '../settings.ts';

const CHOICES = ['shownIn', 'widget', 'replies', 'synchronisation'] as const;
const NUMBERS = ['timeout', 'speed', 'seed'] as const;
const HELP_OF_REPLIES = 'How the widget gets an answer.';
const SHIPPED_READS_NO_JSON =
  'The vendor’s widget cannot read JSON text. Choose another widget to see it work.';

/**
 * The settings that are one control each.
 *
 * @param change Is called with what a visitor changed, if it is valid. The browser says why where it is not.
 */
export function createSettingsForm(change: (changed: Partial<Settings>) => void): {
  show(settings: Settings): void;
} {
  const form = byId('settings', HTMLFormElement);
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const name of CHOICES) {
    const control = byId(name, HTMLSelectElement);
    control.addEventListener('change', () => change({ [name]: control.value }));
  }
  for (const name of NUMBERS) {
    const control = byId(name, HTMLInputElement);
    control.addEventListener('change', () => {
      const isValid = control.reportValidity();
      control.ariaInvalid = String(!isValid);
      if (isValid) change({ [name]: control.valueAsNumber });
    });
  }
  return { show: showSettings };
}

function showSettings(settings: Settings): void {
  for (const name of CHOICES) byId(name, HTMLSelectElement).value = settings[name];
  for (const name of NUMBERS) {
    const control = byId(name, HTMLInputElement);
    control.value = String(settings[name]);
    control.ariaInvalid = 'false';
  }
  const isUnread = settings.widget === 'shipped';
  const json = byId('replies', HTMLSelectElement).querySelector('[value="json"]');
  if (json instanceof HTMLOptionElement) json.disabled = isUnread && settings.replies !== 'json';
  byId('replies-help', HTMLElement).textContent =
    isUnread && settings.replies === 'json' ? SHIPPED_READS_NO_JSON : HELP_OF_REPLIES;
}
