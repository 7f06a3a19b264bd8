import type { KyInstance } from 'ky';
import { orAbort } from '../abort.ts';
import { invalidOption } from '../check.ts';
import { redactedCause } from '../errors.ts';
import { Attempts, type Repeats } from './attempts.ts';
import { type Fetch, fetchOptions } from './fetch-options.ts';
import { fetchFailure } from './request-error.ts';

/** What a server answered, whole. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** One request, with its token or without one. */
export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly cache?: RequestCache | undefined;
  readonly signal: AbortSignal;
  /** Added behind all hooks, so that none of them ever holds it. */
  readonly tokenHeader: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** Whether hooks of the page's may read the answer, or replace it. */
  readonly hasHooks: boolean;
  readonly repeats?: Repeats | undefined;
  /** An attempt goes out now. What this throws ends the request. */
  sending?(): void;
  /** Sends the request again after a 401, if it can. */
  replay?(): Promise<Answer | undefined>;
  /** Makes the error of a request that came to no answer. */
  failed(message: string, cause?: unknown): Error;
}

/** So often may the hooks of the page's ky ask for a repeat: as often as ky repeats by default. */
const REPEATS_OF_HOOKS = 2;

/**
 * Sends a request, and repeats it, by ky. The whole body belongs to an attempt: an answer that breaks off is a failure
 * of the network like any other. No hook of the page's leads it elsewhere: a token would go along.
 */
export async function exchange(ky: KyInstance, outgoing: Exchange): Promise<Answer> {
  const { url, method, headers, body, tokenHeader, fetch, hasHooks, repeats, failed } = outgoing;
  const attempts = new Attempts(repeats);
  const limit = attempts.limit + REPEATS_OF_HOOKS;
  const otherwise = hasHooks ? "A hook of the option 'ky' failed" : 'The request could not be made';
  let { signal } = outgoing;
  let answer: Answer | undefined;
  let replayed: Answer | undefined;
  /** What was thrown here, and not by a hook or a `fetch` of the page's, whose errors may look like this package's. */
  let own: { readonly error: unknown } | undefined;
  const owning = async <T>(run: () => T | Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      own = { error };
      throw error;
    }
  };
  try {
    const response: Response | undefined = await ky(url, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body }),
      fetch: async (input, options) => {
        const request = input as Request;
        await owning(() => checkTarget(request, outgoing));
        const init = { ...options, ...(await fetchOptions(request, tokenHeader)) };
        // A hook may have made a request that nothing ends.
        if (hasHooks) signal = anyOf(outgoing.signal, request.signal);
        // Not by way of the `Request`: those of polyfills add to the address then.
        const cache = outgoing.cache && { cache: outgoing.cache };
        signal.throwIfAborted(); // it may have taken long to get here
        await owning(() => outgoing.sending?.());
        signal.throwIfAborted(); // who hears of it may have ended it
        return attempts.receive(async () => {
          const response = await orAbort(fetch(request.url, { ...init, ...cache, signal }), signal);
          if (hasHooks) return arrived(response);
          answer = { response, text: await response.text() };
          return new Response(); // nobody reads it: a copy of the answer would cost time
        });
      },
      retry: {
        limit,
        methods: [method === 'GET' ? 'get' : 'post'],
        backoffLimit: Number.POSITIVE_INFINITY,
        delay: (count) => repeats?.delay(count) ?? 0,
        jitter: (longest) => repeats?.jitter(longest) ?? longest,
        shouldRetry: () => attempts.isLost && !signal.aborted && attempts.takeRepeat(),
      },
      hooks: {
        afterResponse: [
          async (...given) => {
            outgoing.signal.throwIfAborted(); // hooks may have taken long
            const told = toldOf(given);
            const response = answer?.response ?? told.response;
            if (response.status === 401) replayed = await owning(() => outgoing.replay?.());
            if (replayed) return replayed.response;
            return told.retryCount < limit && attempts.takeRepeat(response) ? ky.retry() : undefined;
          },
        ],
      },
    });
    const whole = replayed ?? answer;
    if (whole) return whole;
    if (response) return { response, text: await response.text() };
  } catch (error) {
    outgoing.signal.throwIfAborted();
    if (attempts.isLost) throw failed('The network failed', fetchFailure(error));
    if (own) throw own.error;
    // What a hook of the page's throws is not kept: it may quote a header or a body.
    throw failed(otherwise, redactedCause(error));
  }
  throw failed(otherwise);
}

/** Aborts with either of them; in an engine without `AbortSignal.any` with the first alone. */
function anyOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  return 'any' in AbortSignal ? AbortSignal.any([one, other]) : one;
}

/** Waits for the whole body, so that an answer that breaks off fails here. The answer can still be read. */
async function arrived(response: Response): Promise<Response> {
  await response.clone().arrayBuffer();
  return response;
}

/** What a hook is told: ky 1 gives it four arguments, ky 2 one object. */
function toldOf(given: readonly unknown[]): { readonly response: Response; readonly retryCount: number } {
  const [first, , response, state] = given;
  return (given.length > 1 ? { response, ...(state as object) } : first) as ReturnType<typeof toldOf>;
}

function checkTarget(request: Request, { url, method }: Exchange): void {
  if (request.url === url.href && request.method === method) return;
  const expected = 'an instance whose hooks leave the address and the method of a request as they are';
  throw invalidOption('ky', expected, 'one that changes them');
}
