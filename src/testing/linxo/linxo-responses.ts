import type { LinxoAnswer } from './linxo-call.ts';

export function answerResponse({ status, value, location }: LinxoAnswer): Response {
  if (value !== undefined) return textResponse(JSON.stringify(value), status);
  return new Response(null, { status, headers: location === undefined ? {} : { location } });
}

/** JSON, or what is left of it. */
export function textResponse(text: string, status: number): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}
