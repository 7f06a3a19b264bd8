import { linkAgain } from '../../../shared/connections/link-again.js';
import { prompts } from '../../../shared/connections/prompts.js';
import { addressAtBank } from '../../../shared/connections/visit.js';
import { element } from '../../../shared/dom/element.js';
import { icon } from '../../../shared/widget/icon.js';

/** @typedef {import('../../../shared/sandbox/stage.js').Stage} Stage */

/**
 * What the customer has to do before a connection can go on.
 *
 * @param {import('bankside').RequiredAction} action
 * @param {import('bankside').ConnectionState} connection
 * @param {string} bank
 * @param {Stage | undefined} stage where there is a sandbox
 */
export function createPrompt({ type }, connection, bank, stage) {
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
    createWayOut(type, connection, bank, stage),
  );
}

/**
 * @param {import('bankside').RequiredActionType} type
 * @param {import('bankside').ConnectionState} connection
 * @param {string} bank
 * @param {Stage | undefined} stage where there is a sandbox
 */
function createWayOut(type, connection, bank, stage) {
  const { id } = connection;
  const { go } = prompts[type];
  if (type === 'CHALLENGE_REQUIRED') {
    if (stage) return createCodeForm(id, () => stage.answer(id));
    return element('p', { class: 'row-note' }, 'It is entered where you signed in.');
  }
  if (!stage) return createButton('link-again', 'Link this bank again', linkAgain);
  if (!go || stage.actsHere)
    return createButton('sign-in', go ? go(bank) : 'Sign in again', () => stage.signIn(id));
  const href = addressAtBank(connection, type);
  return element('a', { class: 'button', 'data-remedy': 'visit', href }, go(bank), icon('forward'));
}

/**
 * @param {string} connectionId
 * @param {() => Promise<boolean>} answer any code will do
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
    const isTaken = await answer().catch(() => false);
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
