import { jsonResponse } from '../faults/responses.ts';
import { refusal } from '../widget-servers/service.ts';

export function json(value: unknown, status = 200): Response {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(value), { status, headers });
}

export function text(value: string): Response {
  return new Response(value, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** Not 204: Chromium's developer tools show an unread 204 as an aborted request. */
export function done(): Response {
  return json({ ok: true });
}

/** A refusal, like those of the servers. */
export function refusalResponse(status: number, reason: string): Response {
  return jsonResponse(refusal(status, reason));
}

export function wrongMethod(allowed: readonly string[]): Response {
  const response = refusalResponse(405, `Use ${allowed.join(' or ')}.`);
  response.headers.set('allow', allowed.join(', '));
  return response;
}
