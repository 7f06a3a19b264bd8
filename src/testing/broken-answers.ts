import type { CommonMisbehaviour } from './fault.ts';
import { refusal } from './reply.ts';
import { emptyResponse, htmlResponse, jsonResponse } from './responses.ts';
import { gone } from './wait.ts';

export type ErrorFault = Extract<CommonMisbehaviour, { kind: 'error' }>;

/** `now` in milliseconds, for a `Retry-After` that is a date. */
export function errorResponse(fault: ErrorFault, now: number): Response {
  const { status = 500, body = 'json' } = fault;
  const headers = retryAfter(fault, now);
  if (body === 'html') return htmlResponse(status, headers);
  if (body === 'empty') return emptyResponse(status, headers);
  return jsonResponse(refusal(status, 'The server is out of sorts, because it was asked to be.'), headers);
}

/** No answer; when the client has gone, it does not matter which. */
export async function silence(signal: AbortSignal): Promise<Response> {
  await gone(signal);
  return Response.error();
}

function retryAfter(fault: ErrorFault, now: number): Record<string, string> {
  const { retryAfter: seconds, retryAfterForm: form = 'seconds' } = fault;
  if (seconds === undefined && form !== 'garbage') return {};
  return { 'retry-after': RETRY_AFTER[form](seconds ?? 0, now / 1_000) };
}

type RetryAfterForm = NonNullable<ErrorFault['retryAfterForm']>;

/** `now` in seconds. */
const RETRY_AFTER: Readonly<Record<RetryAfterForm, (seconds: number, now: number) => string>> = {
  seconds: String,
  decimal: (seconds) => seconds.toFixed(1),
  twice: (seconds) => `${seconds}, ${seconds}`,
  // A date has no milliseconds, and must not be too early.
  date: (seconds, now) => dateOf(Math.ceil(now + seconds)),
  past: (seconds, now) => dateOf(Math.floor(now - seconds)),
  unix: (seconds, now) => String(Math.ceil(now + seconds)),
  garbage: () => 'when the moon is full',
};

function dateOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1_000).toUTCString();
}
