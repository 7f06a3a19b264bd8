import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

/** The server that the widget's requests are meant for. */
export const PSERVER = 'https://bank.example/widget/pserver/execute';

/** One request, as a server got it. */
export interface Arrival {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** The bytes of the body. */
  readonly bytes: Uint8Array;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** When, on the clock of `performance.now()`. */
  readonly at: number;
}

type Answer = (arrival: Arrival, count: number) => Response | Promise<Response>;

/** The whole internet of a test: whatever is sent anywhere arrives here. */
export interface Bank {
  /** Oldest first. */
  readonly arrivals: readonly Arrival[];
  /** The last one. Throws if there was none. */
  readonly arrival: Arrival;
  /** As if nothing had arrived yet. */
  forget(): void;
  /** Answers from now on with this; `count` is 1 for the first arrival of the test. */
  answer(answer: Answer): void;
  /** Answers with these in turn, and with the last one for good. */
  answerWith(...answers: (() => Response | Promise<Response>)[]): void;
}

/** Stands in for every server during the tests of a file. Answers `{ ok: true }` until it is told otherwise. */
export function useBank(): Bank {
  const arrivals: Arrival[] = [];
  let answer: Answer = ok;
  const server = setupServer(
    http.all('*', async ({ request }) => {
      const { method, url, headers, signal } = request;
      const bytes = new Uint8Array(await request.arrayBuffer());
      const body = new TextDecoder().decode(bytes);
      const arrival = { method, url, headers, bytes, body, signal, at: performance.now() };
      arrivals.push(arrival);
      return answer(arrival, arrivals.length);
    }),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    answer = ok;
    arrivals.length = 0;
  });
  afterAll(() => server.close());
  return {
    arrivals,
    get arrival() {
      const last = arrivals.at(-1);
      if (!last) throw new Error('Nothing has arrived');
      return last;
    },
    forget() {
      arrivals.length = 0;
    },
    answer(next) {
      answer = next;
    },
    answerWith(...answers) {
      answer = (_arrival, count) => (answers[count - 1] ?? answers.at(-1) ?? ok)();
    },
  };
}

export function ok(): Response {
  return HttpResponse.json({ ok: true });
}

/** An answer of this status, whose body is no reply for the widget. */
export function status(code: number, headers: Record<string, string> = {}): () => Response {
  return () => new HttpResponse(null, { status: code, headers });
}

/** The connection fails before there is an answer. */
export function broken(): Response {
  return HttpResponse.error();
}

/** An answer of which only the beginning comes. */
export function brokenOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"ok":'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status: 200 });
}

/** No answer until the client goes away. */
export function silence({ signal }: Pick<Arrival, 'signal'>): Promise<Response> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(broken())));
}
