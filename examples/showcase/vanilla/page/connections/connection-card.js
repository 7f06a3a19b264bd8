import { doubtWords, mayBeOld } from '../../../shared/connections/doubt.js';
import { hasAccounts, isOver, phaseOf, phases, topicOf } from '../../../shared/connections/phase.js';
import { noStory } from '../../../shared/connections/story.js';
import { nameOf } from '../../../shared/connections/words.js';
import { element } from '../../../shared/dom/element.js';
import { icon } from '../../../shared/widget/icon.js';
import { Lane } from './lane.js';
import { createPrompt } from './prompt.js';

/**
 * @typedef {object} CardOptions
 * @property {import('../../../shared/sandbox/stage.js').Stage | undefined} stage
 * @property {() => void} close
 */

/** A bank that is being linked or updated: what each of its channels tells, and what the customer is to do. */
export class ConnectionCard {
  #stage;
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  #title;
  #latest = element('p', { class: 'sync-latest' });
  #tag = element('span', { class: 'tag' });
  #doubt = element('span', { class: 'sync-doubt' });
  #message = element('div', { class: 'sync-message' });
  #lanesElement = element('div', { class: 'lanes' });
  #buttons = element('div', { class: 'sync-buttons' });
  /** What the message is about: it stays as it is, with what was typed, until that is another thing. */
  #topic = '';

  /**
   * @param {string} id
   * @param {CardOptions} options
   */
  constructor(id, { stage, close }) {
    const titleId = `sync-${id}`;
    this.id = id;
    this.#stage = stage;
    this.#title = element('h3', { id: titleId, tabindex: -1 });
    this.element = element(
      'li',
      { class: 'sync', 'data-connection': id, 'aria-labelledby': titleId },
      element(
        'div',
        { class: 'sync-head' },
        this.#title,
        element('p', { class: 'sync-state' }, this.#tag, ' ', this.#doubt),
        createClose(titleId, close),
      ),
      element('div', { class: 'sync-body' }, this.#message, this.#lanesElement),
      this.#buttons,
    );
  }

  focus() {
    this.#title.focus();
  }

  /**
   * @param {import('bankside').ConnectionState} connection
   * @param {import('bankside').QueueSnapshot} queue
   * @param {import('../../../shared/connections/story.js').Story | undefined} story
   */
  show(connection, queue, { latest, lanes } = noStory) {
    const bank = nameOf(connection);
    const phase = phaseOf(connection);
    const { tag, look } = phases[phase];
    this.#title.textContent = bank;
    this.#tag.className = look;
    this.#tag.textContent = tag;
    this.element.dataset.phase = phase;
    this.element.dataset.isOld = String(mayBeOld(connection, queue));
    this.#doubt.textContent = doubtWords(connection, queue);
    this.element.dataset.isOver = String(isOver(connection));
    for (const channel of connection.channels.values())
      this.#laneOf(channel).show(channel, lanes[channel.id]);
    this.#latest.textContent = latest;
    this.#showMessage(connection, phase, bank);
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
   * @param {import('../../../shared/connections/phase.js').Phase} phase
   * @param {string} bank
   */
  #showMessage(connection, phase, bank) {
    const { action } = connection;
    const topic = topicOf(connection);
    if (topic === this.#topic) return;
    this.#topic = topic;
    const { activeElement } = document;
    const hadFocus = this.#message.contains(activeElement) || this.#buttons.contains(activeElement);
    this.#message.replaceChildren(
      ...(action
        ? [createPrompt(action, connection, bank, this.#stage)]
        : [element('p', {}, phases[phase].text(bank)), this.#latest]),
    );
    this.#latest.hidden = phase !== 'running';
    this.#buttons.replaceChildren(...this.#createButtons(phase));
    if (hadFocus) this.#title.focus({ preventScroll: true });
  }

  /** @param {import('../../../shared/connections/phase.js').Phase} phase */
  #createButtons(phase) {
    const stage = this.#stage;
    const buttons = [];
    if (hasAccounts(phase))
      buttons.push(createButton('accounts', 'See the accounts', () => window.personetics.show('linked')));
    if (stage && (hasAccounts(phase) || phase === 'failed'))
      buttons.push(createButton('again', 'Update again', () => stage.again(this.id)));
    return buttons;
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
