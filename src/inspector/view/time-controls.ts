import { makeButton, makeElement, makeSelect } from './make-element.ts';

/** How much time the picture shows, in ms. */
const SPANS = {
  15000: 'Last 15 s',
  60000: 'Last minute',
  300000: 'Last 5 minutes',
  1200000: 'Last 20 minutes',
} as const;

/** Which stretch of time the picture shows. */
export interface View {
  readonly span: number;
  /** What is at its end; undefined: it goes with the time. */
  readonly end: number | undefined;
}

export const FIRST_VIEW: View = { span: 60_000, end: undefined };

/** Chooses how much time the picture shows, and which. */
export class TimeControls {
  readonly element: HTMLElement;
  readonly #now: HTMLButtonElement;
  #view = FIRST_VIEW;

  /** @param change Is told of the view that is wanted. @param now The time. */
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
    // Not disabled: that would take the focus from whoever has just pressed it.
    this.#now.setAttribute('aria-pressed', `${view.end === undefined}`);
  }
}
