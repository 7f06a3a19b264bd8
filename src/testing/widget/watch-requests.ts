import { createRequestLedger, type LedgerEntry, showId } from './request-ledger.ts';
import type { ProxyWatch } from './request-proxy.ts';
import type { TestReply } from './test-widget.ts';

type Through = 'handlePServerResponse' | 'handleServerResponse';

/** Records the requests and replies of build 21.5. */
export interface RequestWatch extends ProxyWatch {
  readonly replies: TestReply[];
  /** The first reply during `handle` came through this function. Handling it may cause further replies. */
  through(name: Through, handle: () => void): void;
  readonly faults: readonly string[];
  assertExactlyOnce(): void;
}

export function watchRequests(): RequestWatch {
  const ledger = createRequestLedger('Test widget, build 21.5');
  const replies: TestReply[] = [];
  /** The latest request of each id. It gets all replies. */
  const latest = new Map<string, LedgerEntry>();
  let through: Through = 'handleServerResponse';

  return {
    replies,
    faults: ledger.faults,
    assertExactlyOnce: ledger.assertExactlyOnce,
    through(name, handle) {
      through = name;
      try {
        handle();
      } finally {
        through = 'handleServerResponse';
      }
    },
    sending(id, sender, { lost }, call) {
      const before = latest.get(id);
      if (before) replace(before);
      const entry = ledger.open(id, sender);
      entry.reject = lost;
      latest.set(id, entry);
      try {
        call();
      } catch (error) {
        ledger.fault(`${sender} threw ${error}`);
        throw error;
      } finally {
        entry.isCalling = false;
      }
    },
    unsent(id, sender, { lost }) {
      const reason = `the request ${showId(id)} was not sent: the delegate has no function ${sender} of its own`;
      const fault = ledger.fault(reason);
      lost?.(new Error(fault));
    },
    reply(response, requestId) {
      const entry = latest.get(String(requestId));
      const way = through;
      through = 'handleServerResponse';
      replies.push({ response, requestId, through: way, isWithinCall: entry?.isCalling ?? false });
      if (entry) ledger.answered(entry, way);
      else ledger.fault(`an answer came under ${showId(requestId)}, which is the id of no request`);
    },
    lost(requestId, error) {
      const entry = latest.get(String(requestId));
      const what = entry?.what ?? `the id ${showId(requestId)}`;
      const fault = ledger.fault(`the reply to ${what} did not reach its callback: ${error}`);
      entry?.reject?.(new Error(fault, { cause: error }));
    },
  };

  function replace(entry: LedgerEntry): void {
    entry.isReplaced = true;
    if (entry.answers > 0) return;
    entry.reject?.(new Error(`${entry.what} was replaced by a later request of the same id`));
  }
}
