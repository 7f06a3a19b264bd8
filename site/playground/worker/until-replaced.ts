/**
 * Ends answers that are never given when a new version of the worker comes: browsers let it take over only when the old one has
 * nothing to do any more.
 */
export class UntilReplaced {
  readonly #channel: BroadcastChannel;
  readonly #ends = new Set<() => void>();

  /** @param scope That of the worker: only its own versions hear of each other. */
  constructor(scope: string) {
    this.#channel = new BroadcastChannel(`playground worker ${scope}`);
    this.#channel.onmessage = () => {
      for (const end of this.#ends) end();
    };
  }

  /** Says to the old version that there is a new one. */
  announce(): void {
    this.#channel.postMessage('replaced');
  }

  /** Resolves as the answer does, or with a network error once the worker is replaced. */
  answer(answer: Promise<Response>): Promise<Response> {
    return new Promise((resolve, reject) => {
      const end = (): void => resolve(Response.error());
      this.#ends.add(end);
      answer.then(resolve, reject).finally(() => this.#ends.delete(end));
    });
  }
}
