import { observeLife } from '../monitoring/observe-life.ts';
import type { ObservedBridge, ObservedPoller } from '../monitoring/observed.ts';
import { LifeLog } from './model/life-log.ts';
import { InspectorView, type Subject } from './view/inspector-view.ts';
import { STYLE } from './view/style.ts';

/**
 * Shows the life of a bridge and a poller as a picture and as a list, while it is in the page. It shows no body and no
 * value of a header, and so no token. Ids, types and names are those that the widget gave, where they look like names;
 * for any other text stands a mark.
 */
export interface BanksideInspector extends HTMLElement {
  /**
   * Shows these from now on, and no others: first what is pending, and how each channel is. It listens while it is in
   * the page, and begins anew when it is put there again.
   *
   * @param bridge The bridge, if there is one.
   * @param poller The poller; default: the bridge's.
   */
  observe(bridge: ObservedBridge | undefined, poller?: ObservedPoller | undefined): void;
  /** What it shows, as the text that its button copies: the newest 500 entries that fit the filter. */
  report(): string;
}

declare global {
  interface HTMLElementTagNameMap {
    'bankside-inspector': BanksideInspector;
  }
}

/** Makes the class. On a server there is nothing that it could extend, so that an import makes none. */
export function createInspectorElement(): new () => BanksideInspector {
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);

  return class extends HTMLElement implements BanksideInspector {
    #log = new LifeLog();
    #bridge: ObservedBridge | undefined;
    #poller: ObservedPoller | undefined;
    #view: InspectorView;
    #leave: (() => void) | undefined;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [style];
      this.#view = new InspectorView(
        root,
        () => this.#subject(),
        () => this.#log.clear(),
      );
    }

    observe(bridge: ObservedBridge | undefined, poller?: ObservedPoller | undefined): void {
      this.#bridge = bridge;
      this.#poller = poller ?? bridge?.queue;
      if (this.isConnected) this.#follow();
    }

    report(): string {
      return this.#view.report();
    }

    connectedCallback(): void {
      this.#view.start();
      this.#follow();
    }

    disconnectedCallback(): void {
      this.#leave?.();
      this.#view.stop();
    }

    #follow(): void {
      this.#leave?.();
      const log = new LifeLog();
      this.#log = log;
      this.#view.reset();
      this.#leave = observeLife(this.#bridge, this.#poller, (event) => {
        log.take(event);
        this.#view.changed();
      });
    }

    #subject(): Subject {
      const nextPollIn = this.#poller?.nextPollIn;
      return { log: this.#log, hasBridge: this.#bridge !== undefined, nextPollIn };
    }
  };
}
