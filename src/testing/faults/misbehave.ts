import { wait } from '../clock.ts';
import type { Reply } from '../widget-servers/service.ts';
import type { WidgetFault } from './fault.ts';
import { base64Response, errorResponse, htmlResponse, jsonResponse, silence } from './responses.ts';

/** What the server of a faulty request can do. */
export interface Circumstances {
  /** Carries out the command. */
  readonly execute: () => Reply;
  /** Sends the reply over the push channel, `ms` from now. */
  readonly push: (reply: Reply, ms: number) => void;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

const SLOW_DELAY = 3_000;
const SECOND_REPLY_DELAY = 250;
const LATE_REPLY_DELAY = 6_000;

/** `stale-token` is handled before. */
type AnswerFault = Exclude<WidgetFault, { kind: 'stale-token' }>;

/** With an error, the command is not carried out. If only the answer is lost, it is. */
export async function misbehave(fault: AnswerFault, circumstances: Circumstances): Promise<Response> {
  if (fault.kind === 'error') return errorResponse(fault, circumstances.now());
  if (fault.kind === 'garbage') return htmlResponse(200);

  const { execute, push, signal } = circumstances;
  const reply = execute();
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? SLOW_DELAY, signal);
      return jsonResponse(reply);
    case 'never':
      return silence(signal);
    case 'twice':
      push(reply, fault.ms ?? SECOND_REPLY_DELAY);
      return jsonResponse(reply);
    case 'late':
      push(reply, fault.ms ?? LATE_REPLY_DELAY);
      return silence(signal);
    case 'network':
      return Response.error();
    case 'base64':
      return base64Response(reply);
  }
}
