import { errorResponse, silence } from './broken-answers.ts';
import type { WidgetFault } from './fault.ts';
import type { Reply } from './reply.ts';
import { base64Response, htmlResponse, jsonResponse } from './responses.ts';
import { wait } from './wait.ts';

/** What a misbehaving server can still do. */
export interface Circumstances {
  /** Does what the command asks for. */
  readonly execute: () => Reply;
  /** Sends the reply over the push channel, `ms` from now. */
  readonly push: (reply: Reply, ms: number) => void;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

const SLOW = 3_000;
const SECOND_REPLY = 250;
const LATE_REPLY = 6_000;

/** What strikes once the token is accepted. */
type AfterTheToken = Exclude<WidgetFault, { kind: 'stale-token' }>;

/** A server that fails has done nothing; where only the answer is lost, the command has taken effect. */
export async function misbehave(fault: AfterTheToken, circumstances: Circumstances): Promise<Response> {
  if (fault.kind === 'error') return errorResponse(fault, circumstances.now());
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
