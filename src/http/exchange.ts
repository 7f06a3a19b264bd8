import ky, { type Options } from 'ky';
import { fetchFailure } from './fetch-failure.ts';

/** What a server answered. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** As for ky. */
export interface ExchangeOptions extends Pick<Options, 'method' | 'headers' | 'body' | 'cache' | 'retry'> {
  readonly signal: AbortSignal;
  readonly credentials: RequestCredentials;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/**
 * One request, which follows no redirect: that would carry a token to another address. Resolves with whatever
 * the server answered, an error status too. The whole body belongs to the attempt: an answer that breaks off is
 * a failure of the network like any other.
 */
export async function exchange(
  url: URL,
  { fetch = globalThis.fetch, ...options }: ExchangeOptions,
): Promise<Answer> {
  let answer = undefined as Answer | undefined;
  try {
    await ky(url, {
      ...options,
      redirect: 'manual',
      timeout: false,
      fetch: async (request) => {
        answer = undefined;
        options.signal.throwIfAborted(); // it may have taken long to get here
        const response = await fetch(request);
        answer = { response, text: await response.text() };
        return response;
      },
    });
  } catch (error) {
    if (!answer) throw fetchFailure(error);
  }
  return answer as Answer;
}
