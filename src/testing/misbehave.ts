import type { Misbehaviour } from './fault.ts';
import { type Reply, refusal } from './reply.ts';
import { base64Response, emptyResponse, htmlResponse, jsonResponse } from './responses.ts';
import { gone, wait } from './wait.ts';

/** What a misbehaving server can still do. */
export interface Circumstances {
  /** Does what the command asks for. */
  readonly execute: () => Reply;
  /** Sends the reply over the push channel, `ms` from now. */
  readonly push: (reply: Reply, ms: number) => void;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

const SLOW = 3_000;
const SECOND_REPLY = 250;
const LATE_REPLY = 6_000;

/** What strikes once the token is accepted. */
type AfterTheToken = Exclude<Misbehaviour, { kind: 'stale-token' }>;

/** A server that fails has done nothing; where only the answer is lost, the command has taken effect. */
export async function misbehave(fault: AfterTheToken, circumstances: Circumstances): Promise<Response> {
  if (fault.kind === 'error') return errorResponse(fault);
  if (fault.kind === 'garbage') return htmlResponse(200);

  const { execute, push, signal } = circumstances;
  const reply = execute();
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? SLOW, signal);
      return jsonResponse(reply);
    case 'never':
      return silence(signal);
    case 'twice':
      push(reply, fault.ms ?? SECOND_REPLY);
      return jsonResponse(reply);
    case 'late':
      push(reply, fault.ms ?? LATE_REPLY);
      return silence(signal);
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
