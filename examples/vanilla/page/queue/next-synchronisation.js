import { byId, element } from '../../dom/element.js';

/** Where the choice outlives a visit to another bank. */
const KEY = 'elsewhere.next';

const scenarios = {
  success: 'All goes well',
  'sms-challenge': 'A code is asked for',
  'credentials-refused': 'The sign-in is refused',
  'consent-expired': 'The consent has expired',
  'password-change': 'A new password is wanted',
  'user-action': 'Something is to be confirmed',
  'partial-success': 'Not everything can be read',
  'one-channel-ahead': 'One channel is far ahead',
  'documents-example': 'As in the documents’ example',
  random: 'At random',
};

/**
 * How the next synchronisation is to go.
 *
 * @param {{ start: () => void, confirm: () => void }} actions `confirm`: what is asked for is answered at the other bank
 */
export function createNextSynchronisation({ start, confirm }) {
  const form = byId('next-sync', HTMLFormElement);
  byId('next-scenario', HTMLSelectElement).append(
    ...Object.entries(scenarios).map(([value, words]) => element('option', { value }, words)),
  );
  restore(form);
  form.addEventListener('change', () => sessionStorage.setItem(KEY, JSON.stringify(read())));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  byId('confirm-there', HTMLElement).addEventListener('click', confirm);

  return read;

  function read() {
    const values = new FormData(form);
    return { scenario: String(values.get('scenario')), speed: Number(values.get('speed')) };
  }
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  for (const select of form.querySelectorAll('select')) select.value = kept[select.name] ?? select.value;
}
