import { fetchFailure } from './fetch-failure.ts';

/** What a server answered. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

export interface ExchangeOptions extends RequestInit {
  readonly signal: AbortSignal;
  readonly fetch?: ((request: Request, init?: undefined) => Promise<Response>) | undefined;
  /**
   * Asked about an answer that is none of success, and with `undefined` when there was none: whether to send again.
   * Waits as long as that takes.
   *
   * @param count How often it has been sent.
   */
  readonly mayRepeat?: (response: Response | undefined, count: number) => Promise<boolean>;
}

/**
 * One request, which follows no redirect: that would carry a token to another address. Resolves with whatever
 * the server answered at last, an error status too. The whole body belongs to the attempt: an answer that breaks
 * off is a failure of the network like any other.
 */
export async function exchange(
  url: URL,
  { fetch = globalThis.fetch, mayRepeat, ...init }: ExchangeOptions,
): Promise<Answer> {
  for (let count = 1; ; count += 1) {
    let answer: Answer | undefined;
    let failure: unknown;
    try {
      init.signal.throwIfAborted(); // it may have taken long to get here
      const response = await fetch(new Request(url, { ...init, redirect: 'manual' }));
      answer = { response, text: await response.text() };
    } catch (error) {
      failure = error;
    }
    if (answer?.response.ok || !(await mayRepeat?.(answer?.response, count))) {
      if (answer) return answer;
      throw fetchFailure(failure);
    }
  }
}
