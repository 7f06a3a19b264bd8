import { createAnnouncer } from '../../dom/announcer.js';
import { element } from '../../dom/element.js';
import { icon } from '../icon.js';

/** How long a scrolled track is still before it counts as settled. */
const SETTLED = 120;

/** @typedef {{ title: string, content: Node }} Slide */

/** Slides beside each other, one in view. Moves by its buttons, by the arrow keys, Home and End, and by swiping. */
export class Carousel {
  #slides;
  #items;
  #track;
  #current = 0;
  #swiped = false;
  #settled = 0;
  #position = element('p', { class: 'carousel-position', 'aria-hidden': true });
  #back = createStep('Previous insight', 'back', () => this.#go(this.#current - 1));
  #forward = createStep('Next insight', 'forward', () => this.#go(this.#current + 1));
  #announce;

  /**
   * @param {string} label
   * @param {readonly Slide[]} slides
   */
  constructor(label, slides) {
    const status = element('p', { class: 'visually-hidden', role: 'status' });
    this.#announce = createAnnouncer(status, 1);
    this.#slides = slides;
    this.#items = slides.map((slide, i) => createSlide(slide, i, slides.length));
    this.#track = element('div', { class: 'carousel-track', ...this.#swiping() }, ...this.#items);
    this.element = element(
      'div',
      {
        class: 'carousel',
        role: 'group',
        'aria-roledescription': 'carousel',
        'aria-label': label,
        keydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      },
      this.#track,
      element('div', { class: 'carousel-controls' }, this.#back, this.#position, this.#forward),
      status,
    );
    this.#show(0);
  }

  /** @param {number} index */
  #go(index) {
    const item = this.#items[index];
    if (!item || index === this.#current) return;
    this.#swiped = false;
    this.#show(index);
    this.#track.scrollTo({ left: item.offsetLeft });
    this.#announce(`${index + 1} of ${this.#slides.length}: ${this.#slides[index]?.title}.`);
  }

  /** @param {number} index */
  #show(index) {
    const hadFocus = this.#items[this.#current]?.contains(document.activeElement);
    this.#current = index;
    this.element.dataset.index = String(index);
    this.#items.forEach((item, i) => {
      item.inert = i !== index;
    });
    if (hadFocus) this.#items[index]?.querySelector('button')?.focus({ preventScroll: true });
    this.#position.textContent = `${index + 1} of ${this.#slides.length}`;
    // `aria-disabled`, since a disabled button would lose the focus at the end of the row.
    this.#back.setAttribute('aria-disabled', String(index === 0));
    this.#forward.setAttribute('aria-disabled', String(index === this.#slides.length - 1));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = targetOf(event.key, this.#current, this.#slides.length);
    if (target === undefined) return;
    event.preventDefault();
    this.#go(target);
  }

  /** The customer's own scrolling decides what is in view. On its way to a slide that was asked for, the track passes others. */
  #swiping() {
    const begin = () => {
      this.#swiped = true;
    };
    const scroll = () => {
      clearTimeout(this.#settled);
      if (this.#swiped) this.#settled = setTimeout(() => this.#show(this.#nearest()), SETTLED);
    };
    return { pointerdown: begin, wheel: begin, scroll };
  }

  #nearest() {
    const { scrollLeft } = this.#track;
    const distances = this.#items.map(({ offsetLeft }) => Math.abs(offsetLeft - scrollLeft));
    return distances.indexOf(Math.min(...distances));
  }
}

/**
 * @param {string} key
 * @param {number} current
 * @param {number} count
 */
function targetOf(key, current, count) {
  if (key === 'ArrowLeft') return Math.max(current - 1, 0);
  if (key === 'ArrowRight') return Math.min(current + 1, count - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

/**
 * @param {Slide} slide
 * @param {number} index
 * @param {number} count
 */
function createSlide({ title, content }, index, count) {
  const label = `${index + 1} of ${count}: ${title}`;
  return element(
    'div',
    { class: 'carousel-slide', role: 'group', 'aria-roledescription': 'slide', 'aria-label': label },
    content,
  );
}

/**
 * @param {string} label
 * @param {'back' | 'forward'} direction
 * @param {() => void} click
 */
function createStep(label, direction, click) {
  return element(
    'button',
    { type: 'button', class: 'button-round', 'aria-label': label, 'data-step': direction, click },
    icon(direction),
  );
}
