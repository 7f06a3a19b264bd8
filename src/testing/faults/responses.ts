import { whenAborted } from '../clock.ts';
import { type Reply, refusal, replyStatus } from '../widget-servers/service.ts';
import type { CommonMisbehaviour } from './fault.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonResponse(reply: Reply, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(JSON.stringify(reply), replyStatus(reply), { 'content-type': JSON_TYPE, ...headers });
}

export function base64Response(reply: Reply): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(reply));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return respond(text, replyStatus(reply), { 'content-type': 'text/plain; charset=utf-8' });
}

/** Like the page of a proxy, or a login page. */
export function htmlResponse(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const page = '<!doctype html><title>Please wait</title><h1>We will be back shortly.</h1>';
  return respond(page, status, { 'content-type': 'text/html; charset=utf-8', ...headers });
}

function emptyResponse(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(null, status, headers);
}

function respond(body: string | null, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

export type ErrorFault = Extract<CommonMisbehaviour, { kind: 'error' }>;

/**
 * @param now In milliseconds, for a `Retry-After` date.
 * @param refuse Creates the JSON of the server.
 */
export function errorResponse(fault: ErrorFault, now: number, refuse = refusal): Response {
  const { status = 500, body = 'json' } = fault;
  const headers = retryAfter(fault, now);
  if (body === 'html') return htmlResponse(status, headers);
  if (body === 'empty') return emptyResponse(status, headers);
  return jsonResponse(refuse(status, 'This error is a requested fault.'), headers);
}

/** Never answers. After the client has disconnected, any answer will do. */
export async function silence(signal: AbortSignal): Promise<Response> {
  await whenAborted(signal);
  return Response.error();
}

function retryAfter(fault: ErrorFault, now: number): Record<string, string> {
  const { retryAfter: seconds, retryAfterForm: form = 'seconds' } = fault;
  if (seconds === undefined && form !== 'garbage') return {};
  return { 'retry-after': RETRY_AFTER[form](seconds ?? 0, now / 1_000) };
}

type RetryAfterForm = NonNullable<ErrorFault['retryAfterForm']>;

/** `now` is in seconds. */
const RETRY_AFTER: Readonly<Record<RetryAfterForm, (seconds: number, now: number) => string>> = {
  seconds: String,
  decimal: (seconds) => seconds.toFixed(1),
  twice: (seconds) => `${seconds}, ${seconds}`,
  // Rounded up: a date has no milliseconds, and must not be too early.
  date: (seconds, now) => dateOf(Math.ceil(now + seconds)),
  past: (seconds, now) => dateOf(Math.floor(now - seconds)),
  unix: (seconds, now) => String(Math.ceil(now + seconds)),
  garbage: () => 'when the moon is full',
};

function dateOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1_000).toUTCString();
}
