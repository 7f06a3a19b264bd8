import { prompts } from '../../../elsewhere-bank/connections/prompts.js';
import { element } from '../../../elsewhere-bank/dom/element.js';
import { icon } from '../../../elsewhere-bank/widget/icon.js';

/**
 * @typedef {import('bankside').RequiredActionType} ActionType
 *
 * @typedef {object} Remedies what the page can do about what the customer owes; all of it, where it has a sandbox
 * @property {(connectionId: string, code: string) => Promise<boolean>} [answer] false: nothing is asked any more
 * @property {(connectionId: string) => Promise<void>} [signIn]
 * @property {(connection: import('bankside').ConnectionState, type: ActionType) => string} [addressOf] where it is done at
 *   the other bank
 * @property {() => void} linkAgain
 */

/**
 * What the customer has to do before a connection can go on.
 *
 * @param {import('bankside').RequiredAction} action
 * @param {import('bankside').ConnectionState} connection
 * @param {string} bank
 * @param {Remedies} remedies
 */
export function createPrompt({ type }, connection, bank, remedies) {
  const titleId = `prompt-${connection.id}`;
  return element(
    'div',
    { class: 'prompt', role: 'group', 'aria-labelledby': titleId, 'data-prompt': type },
    element(
      'div',
      { class: 'prompt-words' },
      element('h4', { id: titleId }, prompts[type].title(bank)),
      element('p', {}, prompts[type].text),
    ),
    createWayOut(type, connection, bank, remedies),
  );
}

/**
 * @param {ActionType} type
 * @param {import('bankside').ConnectionState} connection
 * @param {string} bank
 * @param {Remedies} remedies
 */
function createWayOut(type, connection, bank, { answer, signIn, addressOf, linkAgain }) {
  const { id } = connection;
  const { go } = prompts[type];
  if (type === 'CHALLENGE_REQUIRED') {
    if (answer) return createCodeForm(id, (code) => answer(id, code));
    return element('p', { class: 'row-note' }, 'It is entered where you signed in.');
  }
  if (go && addressOf) {
    const href = addressOf(connection, type);
    return element('a', { class: 'button', 'data-remedy': 'visit', href }, go(bank), icon('forward'));
  }
  if (signIn && !go) return createButton('sign-in', 'Sign in again', () => signIn(id));
  return createButton('link-again', 'Link this bank again', linkAgain);
}

/**
 * @param {string} connectionId
 * @param {(code: string) => Promise<boolean>} answer
 */
function createCodeForm(connectionId, answer) {
  const id = `code-${connectionId}`;
  const input = element('input', {
    id,
    class: 'code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    required: true,
    maxlength: 8,
    'aria-describedby': `${id}-note`,
  });
  const note = element(
    'p',
    { id: `${id}-note`, class: 'row-note', role: 'status' },
    'Any digits will do here.',
  );
  const button = element('button', { class: 'button' }, 'Send the code');

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    if (button.ariaDisabled === 'true') return; // a disabled one would lose the focus
    button.ariaDisabled = 'true';
    note.textContent = 'The code is on its way…';
    const isTaken = await answer(input.value.trim()).catch(() => false);
    note.textContent = isTaken ? 'The bank checks the code…' : 'The code was not taken. Please try again.';
    button.ariaDisabled = String(isTaken);
  }

  return element(
    'form',
    { class: 'code-form', submit },
    element('label', { class: 'field', for: id }, element('span', {}, 'Code'), input),
    button,
    note,
  );
}

/**
 * @param {string} name
 * @param {string} words
 * @param {() => void} click
 */
function createButton(name, words, click) {
  return element('button', { type: 'button', class: 'button', 'data-remedy': name, click }, words);
}
