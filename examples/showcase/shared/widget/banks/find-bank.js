import { createAnnouncer } from '../../dom/announcer.js';
import { element } from '../../dom/element.js';
import { counted, country } from '../format.js';
import { Part } from '../part.js';
import { createConnectStep } from './connect-step.js';

const TYPING_PAUSE = 250;
const SHORTEST = 2;

/** @typedef {{ id: string, name: string, country: string, colour: string }} Institution */

/**
 * Free-text search among institutions, and from a choice on to the institution's own page.
 *
 * @param {import('../client.js').Client} client
 * @param {Record<string, string>} texts
 * @param {() => void} onLinked
 */
export function createFindBank(client, texts, onLinked) {
  const results = createResults(texts);
  const status = element('p', { class: 'visually-hidden', role: 'status' });
  const announce = createAnnouncer(status, 1);
  const input = createInput(onInput);
  results.element.hidden = true;
  let typing = 0;

  function onInput() {
    clearTimeout(typing);
    typing = setTimeout(search, TYPING_PAUSE);
  }

  function search() {
    clearTimeout(typing);
    const query = input.value.trim();
    results.element.hidden = query.length < SHORTEST;
    if (query.length < SHORTEST) return;
    results.title = 'Matching banks';
    results.load(
      (ok, fail) => client.ask('ob', 'getFinancialInstitutions', { query }, ok, fail),
      drawMatches,
    );
  }

  /** @param {Record<string, any>} reply */
  function drawMatches({ institutions }) {
    announce(`${counted(institutions.length, 'bank')} found.`);
    if (institutions.length === 0) return undefined;
    const choices = institutions.map((/** @type {Institution} */ institution) =>
      createChoice(institution, () => connect(institution)),
    );
    return element('ul', { class: 'choices', role: 'list' }, ...choices);
  }

  /** @param {Institution} institution */
  function connect(institution) {
    clearTimeout(typing); // a search would replace what the customer has chosen
    results.title = `Link ${institution.name}`;
    results.focus();
    results.load(
      (ok, fail) => client.ask('ob', 'ConnectLite', { institutionId: institution.id }, ok, fail),
      ({ connectUrl }) =>
        createConnectStep({
          connectUrl,
          name: institution.name,
          consent: texts.consent,
          onDone: () => finish(institution),
        }),
    );
  }

  /** @param {Institution} institution */
  function finish({ id, name }) {
    input.value = '';
    results.element.hidden = true;
    input.focus();
    client.tell({ eventType: 'bankLinked', data: { institutionId: id, name } });
    onLinked();
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    search();
  }

  return element(
    'form',
    { class: 'find-bank', role: 'search', 'aria-label': 'Find a bank', submit },
    element(
      'label',
      { class: 'field', for: 'bank-search' },
      element('span', {}, texts.search ?? 'Find a bank'),
      input,
    ),
    results.element,
    status,
  );
}

/** @param {Record<string, string>} texts */
function createResults({ noResults = 'No bank of that name.' }) {
  return new Part({ name: 'bank-results', title: 'Matching banks', empty: noResults, level: 'h5' });
}

/** @param {() => void} input */
function createInput(input) {
  const attributes = {
    type: 'search',
    id: 'bank-search',
    name: 'query',
    autocomplete: 'off',
    spellcheck: 'false',
  };
  return element('input', { ...attributes, input });
}

/**
 * @param {Institution} institution
 * @param {() => void} click
 */
function createChoice({ id, name, colour, ...institution }, click) {
  const mark = element('span', { class: 'choice-mark', 'aria-hidden': true }, name.slice(0, 1));
  mark.style.setProperty('--mark', colour);
  return element(
    'li',
    {},
    element(
      'button',
      { type: 'button', class: 'choice', 'data-institution': id, click },
      mark,
      element(
        'span',
        { class: 'row-words' },
        element('span', { class: 'row-title' }, name),
        element('span', { class: 'row-note' }, country(institution.country)),
      ),
    ),
  );
}
