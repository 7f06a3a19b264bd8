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
  if (form === 'garbage') return { 'retry-after': 'when the moon is full' };
  if (seconds === undefined) return {};
  // A date has no milliseconds, and must not be too early.
  const date = new Date(Math.ceil((now + seconds * 1_000) / 1_000) * 1_000);
  return { 'retry-after': form === 'date' ? date.toUTCString() : String(seconds) };
}
