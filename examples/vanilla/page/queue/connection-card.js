import { phaseOf, phases } from '../../../elsewhere-bank/connections/phase.js';
import { nameOf, wordsOf } from '../../../elsewhere-bank/connections/words.js';
import { element } from '../../../elsewhere-bank/dom/element.js';
import { counted } from '../../../elsewhere-bank/widget/format.js';
import { icon } from '../../../elsewhere-bank/widget/icon.js';
import { Lane } from './lane.js';
import { createPrompt } from './prompt.js';

/**
 * @typedef {object} CardActions
 * @property {import('./prompt.js').Remedies} remedies
 * @property {(connectionId: string) => void} showAccounts
 * @property {(connectionId: string) => void} close
 * @property {((connectionId: string) => void) | undefined} again where the page can ask for a synchronisation
 */

/** A bank that is being linked or updated: what each of its channels tells, and what the customer is to do. */
export class ConnectionCard {
  #actions;
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  #title;
  #latest = element('p', { class: 'sync-latest' });
  #tag = element('span', { class: 'tag' });
  #message = element('div', { class: 'sync-message' });
  #lanesElement = element('div', { class: 'lanes' });
  #buttons = element('div', { class: 'sync-buttons' });
  /** What the message is about: it stays as it is, with what was typed, until that is another thing. */
  #topic = '';

  /**
   * @param {string} id
   * @param {CardActions} actions
   */
  constructor(id, actions) {
    const titleId = `sync-${id}`;
    this.id = id;
    this.#actions = actions;
    this.#title = element('h3', { id: titleId, tabindex: -1 });
    this.element = element(
      'li',
      { class: 'sync', 'data-connection': id, 'aria-labelledby': titleId },
      element(
        'div',
        { class: 'sync-head' },
        this.#title,
        this.#tag,
        createClose(titleId, () => actions.close(id)),
      ),
      element('div', { class: 'sync-body' }, this.#message, this.#lanesElement),
      this.#buttons,
    );
  }

  focus() {
    this.#title.focus();
  }

  /** @param {import('bankside').ConnectionState} connection */
  show(connection) {
    const bank = nameOf(connection);
    const phase = phaseOf(connection);
    const { tag, look } = phases[phase];
    this.#title.textContent = bank;
    this.#tag.className = look;
    this.#tag.textContent = tag;
    this.element.dataset.phase = phase;
    this.element.dataset.isOver = String(!connection.syncing && phase !== 'waiting');
    for (const channel of connection.channels.values()) this.#laneOf(channel).show(channel);
    this.#showMessage(connection, phase, bank);
  }

  /**
   * What an event tells, in the lane that it belongs to; the end of the whole belongs to all of them.
   *
   * @param {import('bankside').QueueEvent} event
   */
  tell({ event_type: name, creation_date, channel_definition_id: channelId, ...event }) {
    const accounts = Array.isArray(event.accounts) ? event.accounts.length : undefined;
    const words = accounts === undefined ? wordsOf(name) : `${counted(accounts, 'account')} found`;
    const lane = channelId ? this.#lanes.get(channelId) : undefined;
    this.#latest.textContent = lane ? `${lane.title}: ${words}` : words;
    for (const one of channelId ? [lane] : this.#lanes.values()) {
      if (name === 'SYNC_ALL_STARTED') one?.clear();
      one?.add({ name, words, at: creation_date ?? Date.now() / 1_000 });
    }
  }

  /**
   * What no event has told: the page has looked it up, as events may have been lost.
   *
   * @param {string} channelId
   * @param {string} status
   */
  tellLookedUp(channelId, status) {
    const at = Date.now() / 1_000;
    this.#lanes.get(channelId)?.add({ name: status, words: wordsOf(status), at, isLookedUp: true });
  }

  /** @param {import('bankside').ChannelState} channel */
  #laneOf(channel) {
    let lane = this.#lanes.get(channel.id);
    if (!lane) {
      lane = new Lane(channel);
      this.#lanes.set(channel.id, lane);
      this.#lanesElement.append(lane.element);
    }
    return lane;
  }

  /**
   * @param {import('bankside').ConnectionState} connection
   * @param {import('../../../elsewhere-bank/connections/phase.js').Phase} phase
   * @param {string} bank
   */
  #showMessage(connection, phase, bank) {
    const { action } = connection;
    const topic = action ? `${action.type} ${action.channelDefinitionId} ${action.since}` : phase;
    if (topic === this.#topic) return;
    this.#topic = topic;
    const { activeElement } = document;
    const hadFocus = this.#message.contains(activeElement) || this.#buttons.contains(activeElement);
    this.#message.replaceChildren(
      ...(action
        ? [createPrompt(action, connection, bank, this.#actions.remedies)]
        : [element('p', {}, phases[phase].text(bank)), this.#latest]),
    );
    this.#latest.hidden = phase !== 'running';
    this.#buttons.replaceChildren(...this.#createButtons(phase));
    if (hadFocus) this.#title.focus({ preventScroll: true });
  }

  /** @param {import('../../../elsewhere-bank/connections/phase.js').Phase} phase */
  #createButtons(phase) {
    const { showAccounts, again } = this.#actions;
    const hasAccounts = phase === 'success' || phase === 'partial';
    /** @type {[name: string, words: string, act: ((id: string) => void) | undefined | false][]} */
    const offers = [
      ['accounts', 'See the accounts', hasAccounts && showAccounts],
      ['again', 'Update again', (hasAccounts || phase === 'failed') && again],
    ];
    return offers.flatMap(([name, words, act]) =>
      act ? [createButton(name, words, () => act(this.id))] : [],
    );
  }
}

/**
 * @param {string} titleId
 * @param {() => void} click
 */
function createClose(titleId, click) {
  const name = { 'aria-label': 'Close', 'aria-describedby': titleId };
  return element(
    'button',
    { type: 'button', class: 'button-round sync-close', 'data-sync': 'close', ...name, click },
    icon('close'),
  );
}

/**
 * @param {string} name
 * @param {string} words
 * @param {() => void} click
 */
function createButton(name, words, click) {
  return element('button', { type: 'button', class: 'button-quiet', 'data-sync': name, click }, words);
}
