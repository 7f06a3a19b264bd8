import { createRequestLedger, type LedgerEntry, showId } from './request-ledger.ts';
import type { ProxyWatch } from './request-proxy.ts';
import type { TestReply } from './test-reply.ts';

type Through = 'handlePServerResponse' | 'handleServerResponse';

/** Keeps the books of what build 21.5 asks and is answered. */
export interface RequestWatch extends ProxyWatch {
  readonly replies: TestReply[];
  /** The first reply within `take` came through this function. Others may come while it is taken. */
  through(name: Through, take: () => void): void;
  readonly faults: readonly string[];
  assertExactlyOnce(): void;
}

export function watchRequests(): RequestWatch {
  const ledger = createRequestLedger('Test widget, build 21.5');
  const replies: TestReply[] = [];
  /** The latest request of each id: it takes all answers. */
  const latest = new Map<string, LedgerEntry>();
  let through: Through = 'handleServerResponse';

  return {
    replies,
    faults: ledger.faults,
    assertExactlyOnce: ledger.assertExactlyOnce,
    through(name, take) {
      through = name;
      try {
        take();
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
      const told = ledger.fault(reason);
      lost?.(new Error(told));
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
      const told = ledger.fault(`the reply to ${what} did not reach its callback: ${error}`);
      entry?.reject?.(new Error(told, { cause: error }));
    },
  };

  function replace(entry: LedgerEntry): void {
    entry.isReplaced = true;
    if (entry.answers > 0) return;
    entry.reject?.(new Error(`${entry.what} was replaced by a later request of the same id`));
  }
}
