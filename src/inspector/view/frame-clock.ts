/** The shortest time between frames without user input, in ms: the page needs the rest of the time. */
const MIN_GAP = 100;

/**
 * Schedules paints: in the next frame after user input, soon after new events, and later because time moves the picture.
 * A hidden page has no frames. An element that is not visible requests none.
 */
export class FrameClock {
  readonly #paint: () => number;
  #frame = 0;
  #timer = 0;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #timerAt = Number.POSITIVE_INFINITY;
  #isRunning = false;

  /** @param paint Returns the time until the next paint, in ms. */
  constructor(paint: () => number) {
    this.#paint = paint;
  }

  start(): void {
    this.#isRunning = true;
    this.request();
  }

  stop(): void {
    this.#isRunning = false;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  /** Paints in the next frame. */
  request(): void {
    if (!this.#isRunning || this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paintedAt = performance.now();
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#requestAt(this.#paintedAt + Math.max(MIN_GAP, this.#paint()));
    });
  }

  /** Paints as soon as the last paint is long enough ago. */
  requestSoon(): void {
    const at = this.#paintedAt + MIN_GAP;
    if (at <= performance.now()) this.request();
    else this.#requestAt(at);
  }

  #requestAt(at: number): void {
    if (!this.#isRunning || this.#frame || at >= this.#timerAt || at === Number.POSITIVE_INFINITY) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = window.setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.request();
    }, at - performance.now());
  }
}
