import { type Reply, statusOf } from './reply.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonResponse(reply: Reply, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(JSON.stringify(reply), statusOf(reply), { 'content-type': JSON_TYPE, ...headers });
}

export function base64Response(reply: Reply): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(reply));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return respond(text, statusOf(reply), { 'content-type': 'text/plain; charset=utf-8' });
}

/** What a proxy or a login page in the way would say. */
export function htmlResponse(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const page = '<!doctype html><title>Please wait</title><h1>We will be back shortly.</h1>';
  return respond(page, status, { 'content-type': 'text/html; charset=utf-8', ...headers });
}

export function emptyResponse(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return respond(null, status, headers);
}

function respond(body: string | null, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
