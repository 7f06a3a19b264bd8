/** How far apart frames are that nobody asked for by hand, in ms: more often nobody reads, and the page needs its time. */
const APART = 100;

/**
 * Says when to paint: in the next frame after the user has done something; soon after something has happened, however
 * much that was; and again after a while, as time itself moves what is shown. A page that is hidden has no frames; an
 * element that is out of sight asks for none.
 */
export class FrameClock {
  readonly #paint: () => number;
  #frame = 0;
  #timer = 0;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #timerAt = Number.POSITIVE_INFINITY;
  #isOn = false;

  /** @param paint Returns after how many ms it wants to be called again. */
  constructor(paint: () => number) {
    this.#paint = paint;
  }

  start(): void {
    this.#isOn = true;
    this.ask();
  }

  stop(): void {
    this.#isOn = false;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = 0;
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  /** Asks for the next frame. */
  ask(): void {
    if (!this.#isOn || this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paintedAt = performance.now();
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#askAt(this.#paintedAt + Math.max(APART, this.#paint()));
    });
  }

  /** Asks for one as soon as the last is long enough ago. */
  askSoon(): void {
    const at = this.#paintedAt + APART;
    if (at <= performance.now()) this.ask();
    else this.#askAt(at);
  }

  #askAt(at: number): void {
    if (!this.#isOn || this.#frame || at >= this.#timerAt || at === Number.POSITIVE_INFINITY) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = window.setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.ask();
    }, at - performance.now());
  }
}
