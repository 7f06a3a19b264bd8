import type { KyInstance } from 'ky';
import { invalid, isBanksideError } from '../errors.ts';
import { Attempts, type Repeats } from './attempts.ts';
import { fetchFailure } from './fetch-failure.ts';
import { type Fetch, fetchOptions } from './fetch-options.ts';

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
  readonly repeats?: Repeats | undefined;
  /** An attempt goes out now. What this throws ends the request. */
  sending?(): void;
  /** Sends the request again after a 401, if it can. */
  replay?(): Promise<Answer | undefined>;
  /** Makes the error of a request that came to no answer. */
  failed(message: string, cause?: unknown): Error;
}

const WITHOUT_BODY = [204, 205, 304];

/** So often may the hooks of the page's ky ask for a repeat: as often as ky repeats by default. */
const REPEATS_OF_HOOKS = 2;

/**
 * Sends a request, and repeats it, by ky. The whole body belongs to an attempt: an answer that breaks off is a failure
 * of the network like any other. No hook of the page's leads it elsewhere: a token would go along.
 */
export async function exchange(ky: KyInstance, outgoing: Exchange): Promise<Answer> {
  const { url, method, headers, body, cache, signal, tokenHeader, fetch, repeats, failed } = outgoing;
  const attempts = new Attempts(repeats);
  let replayed: Answer | undefined;
  try {
    const response: Response | undefined = await ky(url, {
      method,
      headers,
      signal,
      ...(body !== undefined && { body }),
      ...(cache && { cache }),
      fetch: async (input, options) => {
        const request = input as Request;
        checkTarget(request, outgoing);
        const init = { ...options, ...(await fetchOptions(request, tokenHeader)) };
        signal.throwIfAborted(); // it may have taken long to get here
        outgoing.sending?.();
        return attempts.receive(async () => whole(await fetch(request.url, init)));
      },
      retry: {
        limit: attempts.limit + REPEATS_OF_HOOKS,
        methods: [method === 'GET' ? 'get' : 'post'],
        backoffLimit: Number.POSITIVE_INFINITY,
        delay: (count) => repeats?.delay(count) ?? 0,
        jitter: (longest) => repeats?.jitter(longest) ?? longest,
        shouldRetry: () => attempts.isLost && !signal.aborted && attempts.mayRepeat(),
      },
      hooks: {
        afterResponse: [
          async (...told) => {
            const response = responseIn(told);
            if (response.status === 401) replayed = await outgoing.replay?.();
            if (replayed) return replayed.response;
            return attempts.mayRepeat(response) ? ky.retry() : undefined;
          },
        ],
      },
    });
    if (response) return replayed ?? { response, text: await response.text() };
  } catch (error) {
    signal.throwIfAborted();
    if (attempts.isLost) throw failed('The network failed', fetchFailure(error));
    if (isBanksideError(error)) throw error;
  }
  // What a hook of the page's throws is not kept: it may quote a header or a body.
  throw failed("A hook of the option 'ky' failed");
}

/** An answer that has arrived to its end. It breaks off here, or never. */
async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  // Those that no script can make: a redirect that a browser hides has 0, and some servers answer with 999.
  const cannotBeMade = status < 200 || status > 599;
  if (cannotBeMade || WITHOUT_BODY.includes(status)) return response;
  // Taken apart, since stand-ins for `fetch` answer with objects and headers of their own.
  return new Response(await response.text(), { status, statusText, headers: [...headers.entries()] });
}

/** ky 1 tells a hook the response third; ky 2 tells it one object. */
function responseIn([state, , response]: readonly unknown[]): Response {
  return (response ?? (state as { readonly response: Response }).response) as Response;
}

function checkTarget(request: Request, { url, method }: Exchange): void {
  if (request.url === url.href && request.method === method) return;
  const expected = 'an instance whose hooks leave the address and the method of a request as they are';
  throw invalid('INVALID_OPTIONS', 'ky', expected, 'one that changes them');
}
