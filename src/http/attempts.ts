/** When a request is sent again. Pauses in ms. */
export interface Repeats {
  /** How often at most. */
  readonly limit: number;
  /** The longest pause before the nth repeat. */
  delay(count: number): number;
  /** The pause that is made, instead of the longest one. */
  jitter(longest: number): number;
  /** Whether the nth repeat is sent, after this answer or after none. */
  mayRepeat(response: Response | undefined, count: number): boolean;
}

/** The attempts to get one request through, as ky makes them. */
export class Attempts {
  /** How often it may be repeated. */
  readonly limit: number;
  /** Whether the network failed in the last attempt. */
  isLost = false;
  readonly #repeats: Repeats | undefined;
  #count = 0;

  constructor(repeats: Repeats | undefined) {
    this.limit = repeats?.limit ?? 0;
    this.#repeats = repeats;
  }

  /** Begins another one, if there is to be one after this answer, or after none. */
  takeRepeat(response?: Response): boolean {
    if (this.#count >= this.limit || !this.#repeats?.mayRepeat(response, this.#count + 1)) return false;
    this.#count += 1;
    this.isLost = false; // so far, in the next one
    return true;
  }

  /** Waits for what comes over the network. */
  async receive<T>(receive: () => Promise<T>): Promise<T> {
    this.isLost = true;
    const received = await receive();
    this.isLost = false;
    return received;
  }
}
