import { element } from '../dom/element.js';

/**
 * @typedef {'loading' | 'ready' | 'empty' | 'error'} PartState
 */
/**
 * @template T
 * @typedef {(ok: (answer: T) => void, fail: (error: unknown) => void) => void} Ask
 */

/** One part of the widget: a heading, and below it the content, or that it is on its way, or why it is not there. */
export class Part {
  #heading;
  #body;
  #turn = 0;
  #empty;

  /** @param {{ name: string, title: string, empty: string, level?: 'h3' | 'h4' | 'h5' }} options */
  constructor({ name, title, empty, level = 'h3' }) {
    const id = `part-${name}`;
    this.#empty = empty;
    this.#heading = element(level, { id, tabindex: -1 }, title);
    this.#body = element('div', { class: 'part-body' });
    /** Beside the heading: what belongs to the part as a whole. */
    this.actions = element('div', { class: 'part-actions' });
    this.element = element(
      'section',
      { class: 'part', 'data-part': name, 'aria-labelledby': id },
      element('div', { class: 'part-head' }, this.#heading, this.actions),
      this.#body,
    );
  }

  /** @param {string} title */
  set title(title) {
    this.#heading.textContent = title;
  }

  /** For keyboard users, when what they had pressed is gone. */
  focus() {
    this.#heading.focus();
  }

  /**
   * Asks, and draws the answer; what comes after a later `load` is not drawn any more. A second answer is drawn beside the first, as
   * the vendor's widget does it: a page must not let one through.
   *
   * @template T
   * @param {Ask<T>} ask
   * @param {(answer: T) => Node | undefined} draw without a node, there is nothing to see
   * @param {Ask<T>} [askAgain] where a failed `ask` is not to be repeated as it was
   */
  load(ask, draw, askAgain = ask) {
    this.#turn += 1;
    const turn = this.#turn;
    const stillThis = (/** @type {() => void} */ act) => {
      if (turn === this.#turn) act();
    };
    this.#show('loading', loadingLines());
    ask(
      (answer) => stillThis(() => this.#drawAnswer(answer, draw)),
      (error) =>
        stillThis(() =>
          this.#show(
            'error',
            errorBox(error, () => this.#tryAgain(askAgain, draw)),
          ),
        ),
    );
  }

  /**
   * @template T
   * @param {T} answer
   * @param {(answer: T) => Node | undefined} draw
   */
  #drawAnswer(answer, draw) {
    const content = draw(answer);
    const drawn = content ?? element('p', { class: 'part-empty' }, this.#empty);
    if (this.element.dataset.state === 'ready') this.#body.append(drawn);
    else this.#show(content ? 'ready' : 'empty', drawn);
  }

  /**
   * @template T
   * @param {Ask<T>} ask
   * @param {(answer: T) => Node | undefined} draw
   */
  #tryAgain(ask, draw) {
    this.focus();
    this.load(ask, draw);
  }

  /**
   * @param {PartState} state
   * @param {Node} content
   */
  #show(state, content) {
    this.element.dataset.state = state;
    this.#body.setAttribute('aria-busy', String(state === 'loading'));
    this.#body.replaceChildren(content);
  }
}

function loadingLines() {
  return element(
    'div',
    { class: 'skeleton' },
    element('p', { class: 'visually-hidden' }, 'Loading…'),
    element('span', { class: 'skeleton-line' }),
    element('span', { class: 'skeleton-line' }),
    element('span', { class: 'skeleton-line' }),
  );
}

/**
 * @param {unknown} error
 * @param {() => void} tryAgain
 */
function errorBox(error, tryAgain) {
  return element(
    'div',
    { class: 'part-error' },
    element('p', { role: 'alert' }, error instanceof Error ? error.message : 'Something went wrong.'),
    element(
      'button',
      { type: 'button', class: 'button', 'data-action': 'try-again', click: tryAgain },
      'Try again',
    ),
  );
}
