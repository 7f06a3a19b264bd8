import { createAnnouncer } from '../../dom/announcer.js';
import { element } from '../../dom/element.js';
import { icon } from '../icon.js';

const SETTLED = 120;

/** @typedef {{ title: string, content: Node }} Slide */

/**
 * Slides beside each other, one in view. Moves by its buttons, by the arrow keys, Home and End, and by swiping.
 *
 * @param {string} label
 * @param {readonly Slide[]} slides
 */
export function createCarousel(label, slides) {
  let current = 0;

  const status = element('p', { class: 'visually-hidden', role: 'status' });
  const announce = createAnnouncer(status, 1);
  const items = slides.map((slide, i) => createSlide(slide, i, slides.length));
  const track = element('div', { class: 'carousel-track' }, ...items);
  const position = element('p', { class: 'carousel-position', 'aria-hidden': true });
  const back = createStep('Previous insight', 'back', () => go(current - 1));
  const forward = createStep('Next insight', 'forward', () => go(current + 1));

  const carousel = element(
    'div',
    {
      class: 'carousel',
      role: 'group',
      'aria-roledescription': 'carousel',
      'aria-label': label,
      keydown: onKey,
    },
    track,
    element('div', { class: 'carousel-controls' }, back, position, forward),
    status,
  );

  /** @param {number} index */
  function show(index) {
    current = index;
    carousel.dataset.index = String(index);
    items.forEach((item, i) => {
      item.inert = i !== index;
    });
    position.textContent = `${index + 1} of ${slides.length}`;
    // `aria-disabled`, since a disabled button would lose the focus at the end of the row.
    back.setAttribute('aria-disabled', String(index === 0));
    forward.setAttribute('aria-disabled', String(index === slides.length - 1));
  }

  /** @param {number} index */
  function go(index) {
    const item = items[index];
    if (!item || index === current) return;
    const focusMoves = items[current]?.contains(document.activeElement);
    show(index);
    track.scrollTo({ left: item.offsetLeft });
    if (focusMoves) item.querySelector('button')?.focus({ preventScroll: true });
    announce(`${index + 1} of ${slides.length}: ${slides[index]?.title}.`);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = targetOf(event.key, current, slides.length);
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  }

  let settled = 0;
  track.addEventListener('scroll', () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      const index = Math.round(track.scrollLeft / Math.max(track.clientWidth, 1));
      if (index !== current && items[index]) show(index);
    }, SETTLED);
  });

  show(0);
  return carousel;
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
    { type: 'button', class: 'carousel-step', 'aria-label': label, 'data-step': direction, click },
    icon(direction),
  );
}
