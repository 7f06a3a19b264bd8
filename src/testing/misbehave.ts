import type { Misbehaviour } from './fault.ts';
import { type Reply, refusal } from './reply.ts';
import { base64Response, emptyResponse, htmlResponse, jsonResponse } from './responses.ts';
import { gone, wait } from './wait.ts';

/** The circumstances in which a server misbehaves: it has done its work, and knows what it would say. */
export interface Circumstances {
  readonly reply: Reply;
  readonly signal: AbortSignal;
  /** Sends the reply over the push channel, `ms` from now. */
  readonly push: (ms: number) => void;
}

const SLOW = 3_000;
const SECOND_REPLY = 250;
const LATE_REPLY = 6_000;

type AtTheAnswer = Exclude<Misbehaviour, { kind: 'stale-token' }>;

export async function misbehave(
  fault: AtTheAnswer,
  { reply, signal, push }: Circumstances,
): Promise<Response> {
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? SLOW, signal);
      return jsonResponse(reply);
    case 'error':
      return errorResponse(fault);
    case 'never':
      return silence(signal);
    case 'twice':
      push(fault.ms ?? SECOND_REPLY);
      return jsonResponse(reply);
    case 'late':
      push(fault.ms ?? LATE_REPLY);
      return silence(signal);
    case 'garbage':
      return htmlResponse(200);
    case 'network':
      return Response.error();
    case 'base64':
      return base64Response(reply);
  }
}

function errorResponse(fault: Extract<Misbehaviour, { kind: 'error' }>): Response {
  const { status = 500, body = 'json', retryAfter } = fault;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (body === 'html') return htmlResponse(status, headers);
  if (body === 'empty') return emptyResponse(status, headers);
  return jsonResponse(refusal(status, 'The server is out of sorts, because it was asked to be.'), headers);
}

async function silence(signal: AbortSignal): Promise<Response> {
  await gone(signal);
  return Response.error();
}
