import { linxoRefusal } from './refusal.ts';

/** The answer, before it becomes an HTTP response. */
export interface LinxoAnswer {
  readonly status: number;
  readonly value?: unknown;
  readonly location?: string;
}

export function refusalAnswer(status: number, reason: string): LinxoAnswer {
  return { status, value: linxoRefusal(status, reason) };
}

export function answerResponse({ status, value, location }: LinxoAnswer): Response {
  if (value !== undefined) return textResponse(JSON.stringify(value), status);
  return new Response(null, { status, headers: location === undefined ? {} : { location } });
}

/** @param text JSON, or a part of it. */
export function textResponse(text: string, status: number): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json; charset=utf-8' } });
}
