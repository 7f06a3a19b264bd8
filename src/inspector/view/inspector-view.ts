import { eventTime } from '../../memory/event-time.ts';
import type { Recorder, RecordOptions } from '../../recording/recorder.ts';
import { ShownDiagnosis } from '../diagnosis/shown-diagnosis.ts';
import { stateWords } from '../model/diagnosis-words.ts';
import { type Filter, FilterCache } from '../model/filter.ts';
import { recordingWords } from '../model/recording-words.ts';
import { reportOf } from '../model/report.ts';
import { ShownRecording } from '../recording/shown-recording.ts';
import { Announcer } from './announcer.ts';
import { type CopiedName, copyText } from './copy-text.ts';
import { DetailsPanel } from './details-panel.ts';
import { DiagnosisPanel } from './diagnosis-panel.ts';
import { EntryList } from './entry-list.ts';
import { Facts } from './facts.ts';
import { FrameClock } from './frame-clock.ts';
import { makeElement } from './make-element.ts';
import { watchPalette } from './palette.ts';
import { RecordingPanel } from './recording-panel.ts';
import { type Subject, Timeline, type TimelineState } from './timeline.ts';
import { Toolbar } from './toolbar.ts';

type SubjectAt = Omit<TimelineState, 'chosen'>;

/** The longest time between two frames without events, in ms. */
const MAX_GAP = 1_000;

/** What the view shows, and what it can do with it. */
export interface InspectorSource {
  subject(): Subject;
  /** Removes the ended entries from the log. */
  clear(): void;
  /** Records what is shown. */
  record(options?: RecordOptions): Recorder;
}

/** The user interface of the inspector. All parts render together, at most once per frame. */
export class InspectorView {
  readonly #source: InspectorSource;
  readonly #clock = new FrameClock(() => this.#render());
  readonly #toolbar: Toolbar;
  readonly #facts = new Facts();
  readonly #timeline: Timeline;
  readonly #list: EntryList;
  readonly #details = new DetailsPanel();
  readonly #panel: DiagnosisPanel;
  readonly #recordingPanel: RecordingPanel;
  readonly #announcer = new Announcer();
  readonly #cache = new FilterCache();
  readonly #frame: HTMLElement;
  readonly diagnosis: ShownDiagnosis = new ShownDiagnosis(() => this.#showDiagnosis());
  readonly recording: ShownRecording;
  #filter: Filter = { choice: 'all', text: '' };
  #chosen: number | undefined;
  #paused: SubjectAt | undefined;
  #stopObserving: (() => void) | undefined;

  constructor(root: ShadowRoot, source: InspectorSource) {
    this.#source = source;
    const render = (): void => this.#clock.request();
    this.recording = new ShownRecording(source.record, () => this.#showRecording());
    this.#toolbar = this.#createToolbar();
    this.#timeline = new Timeline({
      choose: (number) => this.#choose(number),
      moved: render,
      now: () => this.#now().now,
    });
    this.#list = new EntryList((number) => this.#choose(number));
    this.#panel = new DiagnosisPanel({
      again: () => this.diagnosis.again(),
      stop: () => this.diagnosis.stop(),
      close: () => {
        this.diagnosis.close();
        this.#toolbar.focus(); // the button that was pressed is hidden
        this.#announcer.say('The diagnosis is closed.');
      },
      copy: (text, name) => void this.#copyText(text, name),
    });
    this.#recordingPanel = new RecordingPanel(this.recording, {
      closed: () => {
        this.#toolbar.focusRecord();
        this.#announcer.say('The recording is closed.');
      },
      copy: (text, name) => void this.#copyText(text, name),
    });
    this.#frame = makeElement(
      'section',
      { class: 'root', 'aria-label': 'Bankside inspector' },
      this.#toolbar.element,
      this.#recordingPanel.element,
      this.#panel.element,
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

  /** Renders until `stop`. */
  start(): void {
    const resized = new ResizeObserver(() => {
      this.#timeline.measure();
      this.#list.measure();
      this.#clock.request();
    });
    const seen = new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) this.#clock.start();
      else this.#clock.stop();
    });
    resized.observe(this.#frame);
    seen.observe(this.#frame);
    const unwatch = watchPalette(() => {
      this.#timeline.recolour();
      this.#clock.request();
    });
    this.#timeline.recolour();
    this.#stopObserving = () => {
      resized.disconnect();
      seen.disconnect();
      unwatch();
      this.#clock.stop();
    };
  }

  stop(): void {
    this.#stopObserving?.();
    this.#stopObserving = undefined;
  }

  /** Ends a diagnosis and a recording. Call it when the element has left the page. */
  endWork(): void {
    this.diagnosis.stop();
    this.recording.stop('removed');
  }

  /** Call it after each event. */
  changed(): void {
    if (!this.#paused) this.#clock.requestSoon();
  }

  /** Call it when the subject is another one. */
  reset(): void {
    this.#paused = undefined;
    this.#chosen = undefined;
    this.#clock.request();
  }

  /** The shown entries as text. */
  report(): string {
    const { log, nextPollIn, failure, now } = this.#now();
    return reportOf(log, this.#cache.filtered(log.entries, this.#filter), {
      now,
      nextPollIn,
      failure,
      browser: navigator.userAgent,
      diagnosis: this.diagnosis.state,
    });
  }

  #createToolbar(): Toolbar {
    return new Toolbar({
      filter: (filter) => {
        this.#filter = filter;
        this.#clock.request();
      },
      pause: () => this.#pause(),
      record: () => {
        if (this.recording.isRunning) this.recording.stop('button');
        else this.#recordingPanel.offer();
      },
      copy: () => void this.#copy(),
      clear: () => {
        this.#source.clear();
        this.#chosen = undefined;
        this.#paused = undefined;
        this.#clock.request();
      },
    });
  }

  #now(): SubjectAt {
    return this.#paused ?? { ...this.#source.subject(), now: eventTime() };
  }

  #render(): number {
    const state = this.#now();
    const { log, now } = state;
    const chosen = this.#chosen;
    this.#toolbar.render(this.#paused !== undefined, this.recording.isRunning);
    this.#recordingPanel.render(this.recording.state);
    this.#facts.render(state, now);
    const wait = this.#timeline.render({ ...state, chosen });
    this.#list.render(this.#cache.filtered(log.entries, this.#filter), chosen, now);
    this.#details.render(chosen === undefined ? undefined : log.entries.get(chosen), now);
    this.#announcer.watch(log.counts, now);
    if (this.#paused) return this.recording.isRunning ? MAX_GAP : Number.POSITIVE_INFINITY;
    return Math.min(MAX_GAP, wait);
  }

  #choose(number: number | undefined): void {
    this.#chosen = number;
    const { log, now } = this.#now();
    const entry = number === undefined ? undefined : log.entries.get(number);
    if (entry) {
      this.#list.reveal(entry.number);
      this.#timeline.reveal(entry.at, now);
    }
    this.#clock.request();
  }

  #pause(): void {
    if (this.#paused) this.#paused = undefined;
    else {
      const now = this.#now();
      this.#paused = { ...now, log: now.log.copy() };
    }
    this.#announcer.say(this.#paused ? 'Paused. New entries are kept.' : 'Continues.');
    this.#clock.request();
  }

  #copy(): Promise<void> {
    return this.#copyText(this.report(), 'report');
  }

  async #copyText(text: string, name: CopiedName): Promise<void> {
    const isCopied = await copyText(text, name, this.#frame);
    if (isCopied) this.#announcer.say(`The ${name} is on the clipboard.`);
  }

  #showRecording(): void {
    const { isRunning, state } = this.recording;
    this.#toolbar.render(this.#paused !== undefined, isRunning);
    this.#recordingPanel.render(state);
    this.#clock.request();
    if (state) this.#announcer.say(isRunning ? 'Recording.' : recordingWords(state));
  }

  #showDiagnosis(): void {
    const { state } = this.diagnosis;
    this.#panel.render(state);
    // Not each check, so that the summary is not lost among them.
    if (state && (state.state !== 'running' || state.checks.length === 0))
      this.#announcer.say(`Diagnosis. ${stateWords(state)}`);
  }
}
