type Listener = (event: { readonly data: unknown }) => void;

/** One end of a channel, at the other end of which is the test. What a listener throws, the test sees. */
export class StandInPort {
  /** What was said to the other end. */
  readonly posted: unknown[] = [];
  isClosed = false;
  readonly #listeners = new Map<string, Set<Listener>>();

  /** As it is given to those who want a port. */
  get asPort(): MessagePort {
    return this as unknown as MessagePort;
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The other end speaks. */
  say(data: unknown): void {
    for (const listener of [...(this.#listeners.get('message') ?? [])]) listener({ data });
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  postMessage(data: unknown): void {
    this.posted.push(...(Array.isArray(data) ? data : [data]));
  }

  start(): void {}

  close(): void {
    this.isClosed = true;
  }
}
