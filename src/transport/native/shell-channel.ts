import { onAbort } from '../../abort.ts';
import { attempt } from '../../check.ts';
import type { ServerName } from '../../errors.ts';
import { redactedCause } from '../../errors.ts';
import { requestError } from '../../http/request-error.ts';
import { passingHeaders } from '../../http/widget-headers.ts';
import { toJson } from '../../text/stringify.ts';
import { now } from '../../time.ts';
import type { TransportContext, WidgetRequest } from '../transport.ts';
import { awaitReply } from './native-replies.ts';
import type { NativeRequest, NativeShell } from './native-shell.ts';
import type { ShellQueue } from './shell-queue.ts';
import { awaitTurn } from './turns.ts';

const SENDERS: Readonly<Record<ServerName, NativeRequest['sender']>> = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/** What all requests of one transport have in common. */
export interface Passage {
  readonly queue: ShellQueue;
  /** Aborts when the transport is disposed. */
  readonly disposal: AbortSignal;
  /** Why it was, if there is a reason. */
  readonly reason: () => unknown;
  /** What to say when no shell has come. */
  readonly absent: string;
  /** Which of the widget's headers pass. */
  readonly widgetHeaders: ReadonlySet<string>;
}

/** Carries one request to its one end: a reply, an abort, the end of the transport, or a failure to post it. */
export function carry(
  request: WidgetRequest,
  { signal, dropped: tellDropped }: TransportContext,
  { queue, disposal, reason, absent, widgetHeaders }: Passage,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = { request, started: now() };
    const sender = SENDERS[request.server];
    let requestData = request.body;
    let isOver = false;
    // As undefined, an empty reply would mean that it is still to come.
    const { wireId, forget } = awaitReply((response) => end(resolve, response ?? null));
    const held = [forget];

    function end(settle: (outcome: unknown) => void, outcome: unknown): void {
      isOver = true;
      cleanUp();
      settle(outcome);
    }

    function cleanUp(): void {
      for (const release of held.splice(0)) release();
    }

    function fail(
      code: 'ABORTED' | 'DISPOSED' | 'NETWORK' | 'NO_CHANNEL',
      why: string,
      cause?: unknown,
    ): void {
      end(reject, requestError(code, why, sent, {}, cause));
    }

    /** What native code, or a shell of the page's own, threw may quote what it was given. */
    function refuse(thrown: unknown): void {
      try {
        toJson(requestData);
      } catch (unfit) {
        end(reject, unfit);
        return;
      }
      fail('NETWORK', 'The native side did not take it', redactedCause(thrown));
    }

    function use(shell: NativeShell): void {
      try {
        if (shell.takes?.(sender) === false) fail('NO_CHANNEL', `${shell.bridge} has no ${sender}`);
        else if (shell.oneAtATime) postInTurn(shell);
        else post(shell);
      } catch (error) {
        refuse(error);
      }
    }

    function postInTurn(shell: NativeShell): void {
      let isPosted = false;
      const endTurn = awaitTurn(shell.bridge, () => {
        isPosted = true;
        post(shell);
      });
      held.push(endTurn);
      if (!isPosted) keepBody();
      if (isOver) cleanUp(); // a post may end the request at once, before this was held
    }

    /** Those that pass, if any. The others are told. */
    function headersFor({ takesHeaders = true }: NativeShell): NativeRequest['requestHeaders'] {
      const { passed, dropped } = passingHeaders(request.headers, takesHeaders ? widgetHeaders : new Set());
      if (dropped.length > 0) tellDropped?.(dropped);
      return Object.keys(passed).length > 0 ? passed : undefined;
    }

    async function post(shell: NativeShell): Promise<void> {
      try {
        const requestHeaders = headersFor(shell);
        const returned = await shell.postRequest({ sender, requestData, requestId: wireId, requestHeaders });
        if (isReply(returned)) end(resolve, returned);
      } catch (error) {
        refuse(error);
      }
    }

    /** The page may change an object while it waits. */
    function keepBody(): void {
      if (typeof requestData === 'string') return;
      const json = attempt(() => toJson(requestData));
      // What cannot be written fails when it is posted.
      if (json !== undefined) requestData = JSON.parse(json);
    }

    held.push(
      onAbort(signal, () => fail('ABORTED', 'Its signal was aborted', signal.reason)),
      onAbort(disposal, () => fail('DISPOSED', 'The transport was disposed', reason())),
    );
    if (isOver) {
      cleanUp(); // it had been aborted before, when not all of this was held yet
      return;
    }
    held.push(queue.run({ use, wait: keepBody, miss: () => fail('NO_CHANNEL', absent) }));
  });
}

/** Some native code returns `true` or `null` to say that it has understood. That is no reply. */
function isReply(returned: unknown): boolean {
  return !!returned && (typeof returned === 'object' || typeof returned === 'string');
}
