import { onAbort } from '../../abort.ts';
import { startTimer } from '../../start-timer.ts';

/** What one call of `fetch` brought. `failed`: no answer, or none that the page may read. `silent`: no status in time. */
export type Outcome = Answered | { readonly result: 'failed' } | { readonly result: 'silent' };

export interface Answered {
  readonly result: 'answered';
  readonly response: Response;
  readonly body: Body;
  /** When it was sent and when the status came, in unix ms. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** `cut`: it broke off, or could not be decoded. `endless`: it did not end in time, or is too long. `not-utf-8`: its bytes are no text. */
export type Body = { readonly text: string } | { readonly fault: 'cut' | 'endless' | 'not-utf-8' };

/** In bytes. */
const LONGEST_BODY = 5_000_000;

/**
 * Sends one request. There is one time limit until the status, and as much again for the body. Rejects only with the reason of
 * the signal.
 *
 * @param timeout In ms.
 */
export async function sendRequest(
  url: URL,
  init: RequestInit,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<Outcome> {
  signal.throwIfAborted();
  const abort = new AbortController();
  const removeListener = onAbort(signal, () => abort.abort());
  let isLate = false;
  const stop = (): void => {
    isLate = true;
    abort.abort();
  };
  let timer = startTimer(stop, timeout);
  const sentAt = Date.now();
  try {
    const response = await globalThis.fetch(url.href, { ...init, signal: abort.signal });
    const answeredAt = Date.now();
    clearTimeout(timer);
    timer = startTimer(stop, timeout);
    const body = await readBody(response).catch((): Body => ({ fault: isLate ? 'endless' : 'cut' }));
    signal.throwIfAborted();
    return { result: 'answered', response, body, sentAt, answeredAt };
  } catch {
    signal.throwIfAborted();
    return { result: isLate ? 'silent' : 'failed' };
  } finally {
    clearTimeout(timer);
    removeListener();
    abort.abort(); // ends a body that is too long
  }
}

/** In bytes. A compressed body of this length holds something. */
const LONGEST_OF_NOTHING = 64;

async function readBody(response: Response): Promise<Body> {
  const { body, headers } = response;
  if (!body) return { text: await response.text() };
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let isText = true;
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > LONGEST_BODY) return { fault: 'endless' };
    try {
      text += decoder.decode(part.value, { stream: true });
    } catch {
      isText = false;
    }
  }
  // Some engines do not report that it broke off.
  if (length === 0 && Number(headers.get('content-length')) > LONGEST_OF_NOTHING) return { fault: 'cut' };
  return isText && isComplete(decoder) ? { text } : { fault: 'not-utf-8' };
}

/** Whether the bytes ended with a whole character. */
function isComplete(decoder: TextDecoder): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}
