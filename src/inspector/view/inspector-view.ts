import { lifeNow } from '../../monitoring/life-clock.ts';
import { type Filter, FilterMemory } from '../model/filter.ts';
import type { LifeLog } from '../model/life-log.ts';
import { reportOf } from '../model/report.ts';
import { Announcer } from './announcer.ts';
import { copyReport } from './copy-report.ts';
import { DetailsPanel } from './details-panel.ts';
import { EntryList } from './entry-list.ts';
import { Facts } from './facts.ts';
import { FrameClock } from './frame-clock.ts';
import { makeElement } from './make-element.ts';
import { watchPalette } from './palette.ts';
import { Timeline } from './timeline.ts';
import { Toolbar } from './toolbar.ts';

/** What is shown, as it is at the moment. */
export interface Subject {
  readonly log: LifeLog;
  readonly hasBridge: boolean;
  /** In ms. */
  readonly nextPollIn: number | undefined;
}

/** A subject that stands still, and since when. */
interface Still extends Subject {
  readonly now: number;
}

/** The longest time between two frames in which nothing has happened but time, in ms. */
const LONGEST = 1_000;

/** All that is to be seen of an inspector. Everything is rendered in one go, at most once a frame. */
export class InspectorView {
  readonly #subject: () => Subject;
  readonly #clock = new FrameClock(() => this.#render());
  readonly #toolbar: Toolbar;
  readonly #facts = new Facts();
  readonly #timeline: Timeline;
  readonly #list: EntryList;
  readonly #details = new DetailsPanel();
  readonly #announcer = new Announcer();
  readonly #memory = new FilterMemory();
  readonly #frame: HTMLElement;
  #filter: Filter = { choice: 'all', text: '' };
  #chosen: number | undefined;
  #paused: Still | undefined;
  #leave: (() => void) | undefined;

  /** @param subject Asks what is to be shown. @param clear Forgets what has ended. */
  constructor(root: ShadowRoot, subject: () => Subject, clear: () => void) {
    this.#subject = subject;
    const ask = (): void => this.#clock.ask();
    this.#toolbar = new Toolbar({
      filter: (filter) => {
        this.#filter = filter;
        ask();
      },
      pause: () => this.#pause(),
      copy: () => void this.#copy(),
      clear: () => {
        clear();
        this.#chosen = undefined;
        this.#paused = undefined;
        ask();
      },
    });
    this.#timeline = new Timeline({
      choose: (number) => this.#choose(number),
      moved: ask,
      now: () => this.#now().now,
    });
    this.#list = new EntryList((number) => this.#choose(number));
    this.#frame = makeElement(
      'section',
      { class: 'root', 'aria-label': 'Bankside inspector' },
      this.#toolbar.element,
      this.#facts.element,
      this.#timeline.element,
      makeElement(
        'div',
        { class: 'body' },
        makeElement('div', {}, this.#list.element, this.#list.nothing),
        this.#details.element,
      ),
      this.#announcer.element,
    );
    root.append(this.#frame);
  }

  /** Shows what there is, until `stop`. */
  start(): void {
    const resized = new ResizeObserver(() => {
      this.#timeline.measure();
      this.#list.measure();
      this.#clock.ask();
    });
    const seen = new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) this.#clock.start();
      else this.#clock.stop();
    });
    resized.observe(this.#frame);
    seen.observe(this.#frame);
    const unwatch = watchPalette(() => {
      this.#timeline.recolour();
      this.#clock.ask();
    });
    this.#timeline.recolour();
    this.#leave = () => {
      resized.disconnect();
      seen.disconnect();
      unwatch();
      this.#clock.stop();
    };
  }

  stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Something has happened. */
  changed(): void {
    if (!this.#paused) this.#clock.askSoon();
  }

  /** Another subject: what was chosen is gone. */
  reset(): void {
    this.#paused = undefined;
    this.#chosen = undefined;
    this.#clock.ask();
  }

  /** What is shown, as a text. */
  report(): string {
    const { log, nextPollIn, now } = this.#now();
    return reportOf(log, this.#memory.filtered(log.entries, this.#filter), {
      now,
      nextPollIn,
      browser: navigator.userAgent,
    });
  }

  #now(): Still {
    return this.#paused ?? { ...this.#subject(), now: lifeNow() };
  }

  #render(): number {
    const state = this.#now();
    const { log, hasBridge, nextPollIn, now } = state;
    const chosen = this.#chosen;
    this.#toolbar.render(this.#paused !== undefined);
    this.#facts.render(log, hasBridge, nextPollIn, now);
    const wait = this.#timeline.render({ ...state, chosen });
    this.#list.render(this.#memory.filtered(log.entries, this.#filter), chosen, now);
    this.#details.render(chosen === undefined ? undefined : log.entries.get(chosen), now);
    this.#announcer.watch(log.counts, now);
    return this.#paused ? Number.POSITIVE_INFINITY : Math.min(LONGEST, wait);
  }

  #choose(number: number | undefined): void {
    this.#chosen = number;
    const { log, now } = this.#now();
    const entry = number === undefined ? undefined : log.entries.get(number);
    if (entry) {
      this.#list.reveal(entry.number);
      this.#timeline.reveal(entry.at, now);
    }
    this.#clock.ask();
  }

  #pause(): void {
    if (this.#paused) this.#paused = undefined;
    else {
      const now = this.#now();
      this.#paused = { ...now, log: now.log.copy() };
    }
    this.#announcer.say(this.#paused ? 'Paused. What happens meanwhile is kept.' : 'Goes on.');
    this.#clock.ask();
  }

  async #copy(): Promise<void> {
    const isCopied = await copyReport(this.report(), this.#frame);
    if (isCopied) this.#announcer.say('The report is on the clipboard.');
  }
}
