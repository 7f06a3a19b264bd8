import type { RecordedEnd } from '../../recording/recording.ts';
import { htmlResponse, silence } from '../faults/responses.ts';

/** Answers as the server did, so that the request ends as it did. */
export function answerAgain(end: RecordedEnd | undefined, signal: AbortSignal): Response | Promise<Response> {
  if (!end) return silence(signal);
  if (!('code' in end) || end.code === undefined) return jsonAnswer(end.reply, 200);
  if (end.reply !== undefined) return jsonAnswer(end.reply, end.status ?? 200);
  return failAgain(end.code, end.status, signal);
}

/** Fails so that the client gets this code again. */
export function failAgain(
  code: string,
  status: number | undefined,
  signal: AbortSignal,
): Response | Promise<Response> {
  if (code === 'TIMEOUT' || code === 'ABORTED') return silence(signal);
  if (code === 'UNAUTHORIZED') return htmlResponse(401);
  if (code === 'INVALID_RESPONSE') return htmlResponse(bodyStatus(status));
  return statusAnswer(status);
}

/** A page of HTML with a status; without one, or with one that no server can send, a network error. */
export function statusAnswer(status: number | undefined): Response {
  return status !== undefined && status >= 200 ? withStatus(status) : Response.error();
}

function withStatus(status: number): Response {
  return isBodyless(status) ? new Response(null, { status }) : htmlResponse(status);
}

function jsonAnswer(reply: unknown, status: number): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(reply), { status: bodyStatus(status), headers });
}

function bodyStatus(status = 200): number {
  return status < 200 || isBodyless(status) ? 200 : status;
}

function isBodyless(status: number): boolean {
  return [204, 205, 304].includes(status);
}
