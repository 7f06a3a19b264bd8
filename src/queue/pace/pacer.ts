import { onAbort } from '../../abort.ts';
import { now } from '../../time.ts';
import { type Pace, pollGap, retryGap, type Schedule } from './schedule.ts';

/** However often somebody asks for a poll: not more often than this, unless the schedule is closer. In ms. */
const LEAST_GAP = 1_000;
/** How long one timer waits: a machine that slept is noticed by the next. In ms. */
const BEAT = 30_000;
/** Throttled timers come a minute late. Later than this, the page was frozen, or the machine slept. In ms. */
const SLEPT = 150_000;

/** What goes on, as far as others than the pacer know it. */
export interface Goings extends Pace {
  /** Something else than a poll is due then, and goes along with one. On the clock of `performance.now()`. */
  readonly nextRead: number;
}

/**
 * Waits until it is time for the next poll. Times are deadlines on a clock that nobody can set, so that late
 * timers do not add up, and a wait can be looked at again whenever something happens.
 */
export class Pacer {
  readonly #schedule: Schedule;
  readonly #pace: () => Goings;
  /** When the last poll was due, and when it was sent. */
  #due = -Infinity;
  #sent = -Infinity;
  #jitter = 0.5;
  #closeUntil = -Infinity;
  #isAsked = true;
  /** Whether the last poll was asked for. */
  #wasAsked = false;
  /** After a failure: when to try again, and before when the server does not want to be asked. */
  #retryAt: number | undefined;
  #notBefore = 0;
  #beat = { now: 0, date: 0 };
  #wake: (() => void) | undefined;

  constructor(schedule: Schedule, pace: () => Goings) {
    this.#schedule = schedule;
    this.#pace = pace;
  }

  /** Whether something goes on that is to be watched closely. */
  get isClose(): boolean {
    return now() < this.#closeUntil || this.#pace().isClose;
  }

  /** When the next poll is due, on the clock of `performance.now()`. */
  get due(): number {
    const { isHidden, nextRead } = this.#pace();
    const pace = { isClose: this.isClose, isHidden, wasAsked: this.#wasAsked };
    const gap = pollGap(pace, this.#schedule, this.#jitter);
    const asked = this.#sent + Math.min(LEAST_GAP, this.#schedule.close);
    const due = this.#isAsked ? asked : (this.#retryAt ?? Math.min(this.#due + gap, nextRead));
    return Math.max(due, this.#notBefore);
  }

  /** Something has happened, and more may follow. */
  watch(ms: number = this.#schedule.closeFor): void {
    this.#closeUntil = Math.max(this.#closeUntil, now() + ms);
    this.#wake?.();
  }

  /**
   * The poller has been started: the next poll is due now, whatever the server asked for before.
   *
   * @param isAgain Whether it had failed: a page that starts it again at once, and always, polls no faster than others.
   */
  start(isAgain: boolean): void {
    if (!isAgain) this.#sent = -Infinity;
    this.#notBefore = 0;
    this.watch();
    this.ask();
  }

  /** The next poll is due now. */
  ask(): void {
    this.#isAsked = true;
    this.#wake?.();
  }

  /** The next poll is due at once, as the last one came to nothing. */
  again(): void {
    this.#sent = -Infinity;
    this.ask();
  }

  /** A poll is being sent, here or in another tab. */
  sent(): void {
    const at = now();
    // On the grid, so that the times of answers do not add up; but off it after a pause.
    this.#due = !this.#isAsked && at - this.due < this.#schedule.close ? this.due : at;
    this.#sent = at;
    this.#wasAsked = this.#isAsked;
    this.#isAsked = false;
    this.#retryAt = undefined;
    this.#notBefore = 0;
    this.#jitter = Math.random();
  }

  /** A poll has failed for the nth time in a row. Returns in how many ms the next one is due. */
  failed(failures: number, retryAfter: number): number {
    const gap = retryGap(failures, retryAfter, Math.random());
    this.#retryAt = now() + gap;
    if (retryAfter) this.hold(gap);
    return this.due - now();
  }

  /** The server does not want to be asked for so many ms. */
  hold(ms: number): void {
    this.#notBefore = now() + ms;
  }

  /**
   * Waits until the next poll is due, and `patience` ms longer; or until the signal aborts. Resolves with
   * whether the page was frozen, or the machine asleep, in the meantime; then at once.
   */
  async wait(signal: AbortSignal, patience = 0): Promise<boolean> {
    this.#beat = { now: now(), date: Date.now() };
    while (!signal.aborted) {
      const rest = this.due + patience - now();
      if (rest <= 0) return false;
      // A timer's fraction of a ms is dropped: it would end too early, again and again.
      await this.#doze(Math.ceil(Math.min(rest, BEAT)), signal);
      if (this.#hasSlept()) return true;
    }
    return false;
  }

  /** One of the two clocks may stand still while the machine sleeps. */
  #hasSlept(): boolean {
    const last = this.#beat;
    this.#beat = { now: now(), date: Date.now() };
    return Math.max(this.#beat.now - last.now, this.#beat.date - last.date) > SLEPT;
  }

  #doze(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        ignore();
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      const ignore = onAbort(signal, end);
      this.#wake = end;
    });
  }
}
