import { BanksideError, type ErrorDetails, type RequestErrorDetails } from '../errors.ts';

type RequestCode = {
  [K in keyof ErrorDetails]: ErrorDetails[K] extends RequestErrorDetails ? K : never;
}[keyof ErrorDetails];

/** An error about one request of the queue. */
export function queueError<K extends RequestCode>(
  code: K,
  message: string,
  { type, id }: Pick<RequestErrorDetails, 'type'> & { readonly id: string },
  started: number,
  more?: Omit<ErrorDetails[K], keyof RequestErrorDetails> | { readonly status: number },
  cause?: unknown,
): BanksideError<K> {
  const elapsed = Math.round(performance.now() - started);
  const details = { requestId: id, server: 'queue', type, elapsed, ...more } as unknown as ErrorDetails[K];
  return new BanksideError(code, `${message} (${type} of the event queue)`, details, { cause });
}
