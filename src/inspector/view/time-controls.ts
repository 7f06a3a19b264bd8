import { makeButton, makeElement, makeSelect } from './make-element.ts';

/** Labels of the choices, by their time in ms. */
const SPANS = {
  15000: 'Last 15 s',
  60000: 'Last minute',
  300000: 'Last 5 minutes',
  1200000: 'Last 20 minutes',
} as const;

/** The time that the picture shows. */
export interface View {
  /** In ms. */
  readonly span: number;
  /** The time at the right edge. Undefined: it follows the current time. */
  readonly end: number | undefined;
}

export const FIRST_VIEW: View = { span: 60_000, end: undefined };

/** Lets the user choose the time that the picture shows. */
export class TimeControls {
  readonly element: HTMLElement;
  readonly #now: HTMLButtonElement;
  #view = FIRST_VIEW;

  /** @param change Called with the chosen view. @param now Returns the current time. */
  constructor(change: (view: View) => void, now: () => number) {
    const span = makeSelect('Time that the picture shows', SPANS, `${FIRST_VIEW.span}`);
    span.addEventListener('change', () => change({ ...this.#view, span: Number(span.value) }));
    const move = (by: number): void => {
      const { end = now(), span: wide } = this.#view;
      const moved = end + by * wide;
      change({ span: wide, end: moved >= now() ? undefined : moved });
    };
    this.#now = makeButton('Now', () => change({ ...this.#view, end: undefined }));
    this.element = makeElement(
      'div',
      { class: 'times' },
      span,
      makeButton('Earlier', () => move(-0.5)),
      makeButton('Later', () => move(0.5)),
      this.#now,
    );
  }

  render(view: View): void {
    this.#view = view;
    // Not `disabled`: a button that the user has just pressed would lose the focus.
    this.#now.setAttribute('aria-pressed', `${view.end === undefined}`);
  }
}
