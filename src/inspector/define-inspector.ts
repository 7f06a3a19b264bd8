import { invalidCall } from '../check.ts';
import type { Diagnosis } from '../doctor/examine.ts';
import { errorFields } from '../memory/error-fields.ts';
import { eventTime } from '../memory/event-time.ts';
import { type ObservedBridge, type ObservedPoller, observeLife } from '../monitoring.ts';
import { record } from '../recording/record.ts';
import type { Recorder, RecordOptions } from '../recording/recorder.ts';
import type { DiagnoseOptions } from './diagnosis/diagnose-options.ts';
import { LifeLog } from './model/life-log.ts';
import { DIAGNOSIS_STYLE } from './view/diagnosis-style.ts';
import { InspectorView } from './view/inspector-view.ts';
import { RECORDING_STYLE } from './view/recording-style.ts';
import { STYLE } from './view/style.ts';
import type { Subject } from './view/timeline.ts';

/**
 * Shows what a bridge and a poller do, as a picture and as a list, while the element is in the page. It shows no body and
 * no token, and of headers only those of answers that a diagnosis judges, cut. Ids, types and names are shown if they look like
 * names; a mark replaces any other text.
 */
export interface BanksideInspector extends HTMLElement {
  /**
   * Shows a bridge and a poller, and no others: what they remember (`recentEvents`), and what happens from now on. It listens
   * only while it is in the page, and starts again when it is added again.
   *
   * @param bridge The bridge, if there is one.
   * @param poller The poller. Default: the bridge's poller.
   */
  observe(bridge: ObservedBridge | undefined, poller?: ObservedPoller | undefined): void;
  /** Returns the text that its button copies: the diagnosis, if one is shown, and the newest 500 entries that match the filter. */
  report(): string;
  /**
   * Runs {@link diagnose}, and shows in a panel what it sends, how far it is and what it found. A second call stops the first.
   * Buttons stop it, run it again with the same options, and close the panel. It stops when the element is removed from the page.
   *
   * @returns What `diagnose` resolves with.
   * @throws As `diagnose` does. It rejects with an `AbortError` if it is stopped.
   * @example
   * ```ts
   * import { defineInspector } from 'bankside/inspector';
   *
   * defineInspector();
   * const inspector = document.createElement('bankside-inspector');
   * document.body.append(inspector);
   * await inspector.diagnose({ baseUrl: 'https://gateway.bank.example/linxo', accessToken: false });
   * ```
   */
  diagnose(options: DiagnoseOptions): Promise<Diagnosis>;
  /**
   * Records what the bridge and the poller that it shows do from now on, as its button does, and offers the file in a panel. A
   * second call ends the first recording. It also ends when the element is removed from the page, and when `observe` is called
   * with another bridge or poller.
   *
   * @param options Those of `record` of `bankside/recording`. The button has the defaults.
   * @returns The recorder, whose `stop` ends the recording in the panel too.
   * @throws `INVALID_CALL` if the element is not in the page, or shows neither a bridge nor a poller; `INVALID_OPTIONS` if an
   *   option does not fit.
   * @example
   * ```ts
   * import type { WidgetBridge } from 'bankside';
   * import { defineInspector } from 'bankside/inspector';
   *
   * declare const bridge: WidgetBridge;
   * defineInspector();
   * const inspector = document.createElement('bankside-inspector');
   * document.body.append(inspector);
   * inspector.observe(bridge);
   * const recorder = inspector.record();
   * await bridge.send('pserver', { type: 'getNumberOfInsights' });
   * recorder.stop();
   * console.log(recorder.text());
   * ```
   */
  record(options?: RecordOptions): Recorder;
}

declare global {
  interface HTMLElementTagNameMap {
    'bankside-inspector': BanksideInspector;
  }
}

/**
 * Registers the custom element `<bankside-inspector>`; the import alone does not. A second call does nothing, nor does a
 * call on a server.
 *
 * @example
 * ```ts
 * import type { WidgetBridge } from 'bankside';
 * import { defineInspector } from 'bankside/inspector';
 *
 * declare const bridge: WidgetBridge;
 * defineInspector();
 * const inspector = document.createElement('bankside-inspector');
 * document.body.append(inspector);
 * inspector.observe(bridge);
 * ```
 */
export function defineInspector(): void {
  const { customElements: registry, document } = globalThis;
  // Some servers have a registry alone, for the elements that they write as HTML.
  if (registry && document && !registry.get('bankside-inspector')) {
    registry.define('bankside-inspector', createInspectorElement());
  }
}

function createStyle(): CSSStyleSheet {
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE + DIAGNOSIS_STYLE + RECORDING_STYLE);
  return style;
}

/** In a function, because a server has no `HTMLElement` to extend. */
function createInspectorElement(): new () => BanksideInspector {
  const style = createStyle();

  return class extends HTMLElement implements BanksideInspector {
    #log = new LifeLog();
    #bridge: ObservedBridge | undefined;
    #poller: ObservedPoller | undefined;
    #view: InspectorView;
    #stopObserving: (() => void) | undefined;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [style];
      this.#view = new InspectorView(root, {
        subject: () => this.#subject(),
        clear: () => this.#log.clear(),
        record: (options) => record(this.#bridge, this.#poller, options),
      });
    }

    observe(bridge: ObservedBridge | undefined, poller?: ObservedPoller | undefined): void {
      const followed = poller ?? bridge?.queue;
      if (bridge !== this.#bridge || followed !== this.#poller) this.#view.recording.stop('observe');
      this.#bridge = bridge;
      this.#poller = followed;
      if (this.isConnected) this.#start();
    }

    report(): string {
      return this.#view.report();
    }

    diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
      return this.#view.diagnosis.run(options);
    }

    record(options?: RecordOptions): Recorder {
      if (!this.isConnected)
        throw invalidCall('record', 'an inspector that is in the page', 'one outside it');
      return this.#view.recording.start(options);
    }

    connectedCallback(): void {
      this.#view.start();
      this.#start();
    }

    disconnectedCallback(): void {
      this.#stopObserving?.();
      this.#view.stop();
      // An element that is moved in the document is connected again by then.
      queueMicrotask(() => {
        if (!this.isConnected) this.#view.endWork();
      });
    }

    #start(): void {
      this.#stopObserving?.();
      const log = new LifeLog();
      this.#log = log;
      this.#view.reset();
      const startedAt = eventTime();
      this.#stopObserving = observeLife(this.#bridge, this.#poller, (event) => {
        log.add(event);
        // Asked now, since the next user's connections come after this. The state of now says nothing about the past.
        if (event.kind === 'queue.status' && event.at >= startedAt) this.#endDoubts();
        this.#view.changed();
      });
    }

    /** After a logout, the poller knows no connection, and no event says so: it is seen here that none is in doubt. */
    #endDoubts(): void {
      const connections = [...(this.#poller?.getSnapshot().connections.values() ?? [])];
      if (!connections.some(({ isDoubtful }) => isDoubtful)) this.#log.doubts.end(eventTime());
    }

    #subject(): Subject {
      this.#endDoubts();
      const { nextPollIn } = this.#poller ?? {};
      const { failure } = this.#poller?.getSnapshot() ?? {};
      return {
        log: this.#log,
        hasBridge: this.#bridge !== undefined,
        nextPollIn,
        failure: failure && errorFields(failure.error),
      };
    }
  };
}
