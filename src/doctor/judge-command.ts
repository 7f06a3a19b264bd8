import { attempt } from '../check.ts';
import { readReply } from '../requests/read-reply.ts';
import type { Answer } from './exchange.ts';
import type { Fault } from './fault.ts';
import { replyOutcome } from './reply-outcome.ts';
import type { Subject } from './subject.ts';

/** What came of a command. `declined`: the server itself answered that it does not do it, which is no fault of the way there. */
export interface CommandOutcome {
  readonly result: 'accepted' | 'declined' | 'failed';
  readonly faults: readonly Fault[];
}

/** Judges the answer to a command with a token that should be accepted. */
export function judgeCommand(
  { status, text }: Pick<Answer, 'status' | 'text'>,
  server: Subject['name'],
): CommandOutcome {
  const reply = attempt(() => readReply(text));
  if (isSuccess(status))
    return reply
      ? { result: 'accepted', faults: [] }
      : failed('not-json', `The status is ${status}, and the body is no JSON.`);
  if (isRedirect(status)) return { result: 'failed', faults: [] }; // The sender reports it.
  if (status === 401) return failed('token-refused', 'The status is 401.');
  if (isOfServer(status, reply?.response, server)) return { result: 'declined', faults: [] };
  return failed('server-error', `The status is ${status}.`);
}

function failed(id: Fault['id'], seen: string): CommandOutcome {
  return { result: 'failed', faults: [{ id, seen }] };
}

/** Only PServer's command has all its fields: what the others need is not documented. */
function isOfServer(status: number, reply: unknown, server: Subject['name']): boolean {
  const isIncomplete = server !== 'pserver' && (status === 400 || status === 422);
  return isIncomplete || replyOutcome(reply, status) === 'failure';
}

/** Whether an answer has one of the statuses of a command that is not understood, and the server says so in its own words. */
export function isDeclined({ status, text }: Answer): boolean {
  if (status !== 400 && status !== 422) return false;
  return replyOutcome(attempt(() => readReply(text))?.response, status) === 'failure';
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Browsers hide a redirect that is not followed behind the status 0. */
export function isRedirect(status: number): boolean {
  return status < 200 || (status >= 300 && status < 400);
}
