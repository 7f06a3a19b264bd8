/** Counts what code on the page still uses, memory aside: listeners, channels, locks and storage entries. */
export class Leftovers {
  readonly #listeners = new Set<string>();
  readonly #ids = new WeakMap<object, number>();
  #lastId = 0;
  #channels = 0;
  #isCounting = false;

  constructor() {
    const own = this;
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      add.call(this, type, listener, options);
      const { signal, once } = Object(options) as AddEventListenerOptions;
      if (!own.#isCounting || !listener || once || signal?.aborted) return;
      const key = own.#key(this ?? window, type, listener);
      own.#listeners.add(key);
      if (signal) add.call(signal, 'abort', () => own.#listeners.delete(key), { once: true });
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      remove.call(this, type, listener, options);
      if (listener) own.#listeners.delete(own.#key(this ?? window, type, listener));
    };
    const Channel = globalThis.BroadcastChannel;
    globalThis.BroadcastChannel = class extends Channel {
      constructor(name: string) {
        super(name);
        own.#channels += 1;
      }
      override close(): void {
        super.close();
        own.#channels -= 1;
      }
    };
  }

  begin(): void {
    this.#isCounting = true;
    this.#listeners.clear();
    this.#channels = 0;
  }

  async count(): Promise<Record<'listeners' | 'channels' | 'locks' | 'entries', number>> {
    this.#isCounting = false;
    const { held = [], pending = [] } = await navigator.locks.query();
    return {
      listeners: this.#listeners.size,
      channels: this.#channels,
      locks: held.length + pending.length,
      entries: sessionStorage.length,
    };
  }

  #key(target: object, type: string, listener: object): string {
    return `${this.#idOf(target)} ${type} ${this.#idOf(listener)}`;
  }

  #idOf(object: object): number {
    const known = this.#ids.get(object);
    if (known) return known;
    this.#lastId += 1;
    this.#ids.set(object, this.#lastId);
    return this.#lastId;
  }
}
