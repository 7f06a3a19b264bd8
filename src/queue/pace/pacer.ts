import { onAbort } from '../../abort.ts';
import { startTimer } from '../../start-timer.ts';
import { now } from '../../time.ts';
import { type Pace, pollGap, retryGap, type Schedule } from './schedule.ts';

/** The shortest time between two polls, however many are requested, unless the schedule's own is shorter. In ms. */
const LEAST_GAP = 1_000;
/** The longest single timer: the next one notices that the machine has slept. In ms. */
const BEAT = 30_000;
/** Throttled timers come a minute late. If one comes later than this, the page was frozen or the machine slept. In ms. */
const SLEPT = 150_000;

/** What the pacer reads from the rest of the poller. */
export interface PaceInputs extends Pace {
  /** When a connection must be read again, which causes a poll. On the clock of `performance.now()`. */
  readonly nextRead: number;
}

/**
 * Decides when the next poll is due, and waits for it. It computes a deadline again whenever something happens. The clock is
 * `performance.now()`, which nobody can set, and late timers do not add up.
 */
export class Pacer {
  readonly #schedule: Schedule;
  readonly #inputs: () => PaceInputs;
  /** When the last poll was due, and when it was sent. */
  #due = -Infinity;
  #sent = -Infinity;
  #jitter = 0.5;
  #closeUntil = -Infinity;
  #isRequested = true;
  /** Whether the last poll was requested. */
  #wasRequested = false;
  /** After a failure: when to try again. */
  #retryAt: number | undefined;
  /** The server has asked for no request before then. */
  #notBefore = 0;
  #beat = { now: 0, date: 0 };
  #wake: (() => void) | undefined;

  constructor(schedule: Schedule, inputs: () => PaceInputs) {
    this.#schedule = schedule;
    this.#inputs = inputs;
  }

  get isClose(): boolean {
    return now() < this.#closeUntil || this.#inputs().isClose;
  }

  /** When the next poll is due, on the clock of `performance.now()`. */
  get due(): number {
    return Math.max(this.#isRequested ? this.#earliest : (this.#retryAt ?? this.#regular), this.#notBefore);
  }

  /** When a requested poll is due. */
  get #earliest(): number {
    return this.#sent + Math.min(LEAST_GAP, this.#schedule.close);
  }

  /** When a poll is due that nothing has requested. */
  get #regular(): number {
    const { isHidden, nextRead } = this.#inputs();
    const pace = { isClose: this.isClose, isHidden, wasRequested: this.#wasRequested };
    return Math.min(this.#due + pollGap(pace, this.#schedule, this.#jitter), nextRead);
  }

  /** More events may follow: polls closely for this time, in ms. */
  watch(ms: number = this.#schedule.closeFor): void {
    this.#closeUntil = Math.max(this.#closeUntil, now() + ms);
    this.#wake?.();
  }

  /**
   * The poller was started: the next poll is due now, even if the server has asked for a pause.
   *
   * @param isAgain Whether the poller had failed. A page that restarts it after each failure must not poll faster than others.
   */
  start(isAgain: boolean): void {
    if (!isAgain) this.#sent = -Infinity;
    this.#retryAt = undefined;
    this.#notBefore = 0;
    this.watch();
    this.request();
  }

  /** Requests a poll. It is due as soon as `LEAST_GAP` has passed since the last one. */
  request(): void {
    this.#isRequested = true;
    this.#wake?.();
  }

  /** Requests a poll at once, in place of one that found no queue. */
  requestAgain(): void {
    this.#sent = -Infinity;
    this.request();
  }

  /** A poll is being sent, here or in another tab. */
  sent(): void {
    const at = now();
    // A regular poll counts from when it was due: otherwise the delays would add up. After a pause, it counts from now.
    const late = at - this.due; // less than 0, if another tab polls earlier than this one expects
    const isRegular = !this.#isRequested && late >= 0 && late < this.#schedule.close;
    this.#due = isRegular ? this.due : at;
    // This may be the retry, earlier than planned.
    if (this.#retryAt !== undefined) this.#retryAt = Math.min(this.#retryAt, at);
    this.#sent = at;
    this.#wasRequested = this.#isRequested;
    this.#isRequested = false;
    this.#notBefore = 0;
    this.#jitter = Math.random();
  }

  /** A poll has succeeded, here or in another tab. Until then, `due` is when to try again. */
  succeeded(): void {
    this.#retryAt = undefined;
  }

  /** A poll of another tab has failed, which tries again in so many ms. @param isHeld Whether the server has asked for that pause. */
  failedElsewhere(retryIn: number, isHeld: boolean): void {
    this.sent();
    this.#retryAt = now() + retryIn;
    if (isHeld) this.hold(retryIn);
  }

  /** A poll has failed for the nth time in a row. Returns in how many ms the next one is due. */
  failed(failures: number, retryAfter: number): number {
    const gap = retryGap(failures, retryAfter, Math.random());
    this.#retryAt = now() + gap;
    if (retryAfter) this.hold(gap);
    return Math.max(0, this.due - now());
  }

  /** Sends no poll for this time, in ms, because the server has asked for it. */
  hold(ms: number): void {
    this.#notBefore = now() + ms;
  }

  /**
   * Waits until the next poll is due, and `patience` ms longer; or until the signal aborts. If the page was frozen, or the
   * machine slept, it resolves at once, with true.
   */
  async wait(signal: AbortSignal, patience = 0): Promise<boolean> {
    this.#beat = { now: now(), date: Date.now() };
    while (!signal.aborted) {
      const rest = this.due + patience - now();
      if (rest <= 0) return false;
      // Timers drop a fraction of a ms: without rounding up, the wait would end too early, again and again.
      await this.#sleep(Math.ceil(Math.min(rest, BEAT)), signal);
      if (this.hasSlept()) return true;
    }
    return false;
  }

  /**
   * Whether the page was frozen, or the machine slept, since the last timer of `wait`. Compares two clocks, since one of them
   * may stop while the machine sleeps.
   *
   * @param busy How long the page may have been busy since then, in ms.
   */
  hasSlept(busy: number = 0): boolean {
    const last = this.#beat;
    this.#beat = { now: now(), date: Date.now() };
    return Math.max(this.#beat.now - last.now, this.#beat.date - last.date) > SLEPT + busy;
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        unsubscribe();
        this.#wake = undefined;
        resolve();
      };
      const timer = startTimer(end, ms);
      const unsubscribe = onAbort(signal, end);
      this.#wake = end;
    });
  }
}
