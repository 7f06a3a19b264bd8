import { refusal } from '../reply.ts';
import { jsonResponse } from '../responses.ts';

export function json(value: unknown, status = 200): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(value), { status, headers });
}

/** Not a bare 204: Chromium's tools report one that the page does not read as an aborted request. */
export function done(): Response {
  return json({ ok: true });
}

/** In the shape of the servers' own refusals. */
export function refuse(status: number, why: string): Response {
  return jsonResponse(refusal(status, why));
}

export function wrongMethod(allowed: readonly string[]): Response {
  const response = refuse(405, `Only ${allowed.join(' and ')} here.`);
  response.headers.set('allow', allowed.join(', '));
  return response;
}
