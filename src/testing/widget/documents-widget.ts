import type { ServerName } from '../../index.ts';
import { type CallShape, hasCallbacks, type Sender, shapeCall } from '../call-shapes.ts';
import type { DocumentsTestWidget } from './documents-test-widget.ts';
import { globalConstructor } from './find-delegate.ts';
import { createRequestLedger, type LedgerEntry, showId } from './request-ledger.ts';
import type { TestReply } from './test-reply.ts';

type Functions = Readonly<Record<string, unknown>>;

const SENDERS: Readonly<Record<ServerName, Sender>> = {
  pserver: 'sendRequestToPServer',
  enrich: 'sendRequestToEnrichServer',
  ob: 'sendRequestToOBServer',
};

/** A stand-in for the widget of the vendor's documents and samples. */
export function createDocumentsWidget(shape: CallShape): DocumentsTestWidget {
  const label = `Test widget, shape ${shape}`;
  const ledger = createRequestLedger(label);
  const replies: TestReply[] = [];
  const resolvers = new Map<LedgerEntry, (response: unknown) => void>();
  let delegate: Functions | undefined;

  function take(entry: LedgerEntry, response: unknown, through: TestReply['through']): void {
    replies.push({ response, requestId: entry.id, through, isWithinCall: entry.isCalling });
    const faults = ledger.answered(entry, through);
    const reply = readReply(response);
    if (!reply) faults.push(ledger.fault(`${entry.what} was answered with a string that is not JSON`));
    if (faults[0]) entry.reject?.(new Error(faults[0]));
    else resolvers.get(entry)?.(reply?.value);
  }

  /** Both reply functions do the same, and neither calls the other. */
  const replyFunction =
    (through: 'handlePServerResponse' | 'handleServerResponse') =>
    (response: unknown, requestId: string | number): void => {
      const entry = entryOf(requestId);
      if (entry && !hasCallbacks(shape)) {
        take(entry, response, through);
        return;
      }
      replies.push({ response, requestId, through, isWithinCall: entry?.isCalling ?? false });
      const text = hasCallbacks(shape)
        ? `an answer under ${showId(requestId)} came to the reply function`
        : `an answer came under ${showId(requestId)}, which is the id of no request`;
      const told = ledger.fault(text);
      entry?.reject?.(new Error(told));
    };

  /** An id may be used again once it was answered. */
  function entryOf(requestId: unknown): LedgerEntry | undefined {
    const same = ledger.entries.filter(({ id }) => id === requestId);
    return same.find(({ answers }) => answers === 0) ?? same.at(-1);
  }

  const widget: DocumentsTestWidget = {
    build: 'documents',
    shape,
    replies,
    initialize({ eventsDelegate, pDelegate }) {
      const Constructor = globalConstructor();
      delegate = (eventsDelegate ?? pDelegate ?? (Constructor && new Constructor())) as Functions | undefined;
    },
    handlePServerResponse: replyFunction('handlePServerResponse'),
    handleServerResponse: replyFunction('handleServerResponse'),
    request(server, body, { requestId = `test-${ledger.entries.length + 1}`, headers } = {}) {
      return new Promise((resolve, reject) => {
        const id = shape === 'c' ? `${requestId}` : requestId;
        const to = (through: TestReply['through']) => (response: unknown) => take(entry, response, through);
        const ask = { sender: SENDERS[server], body, requestId, headers: headers ?? null };
        const { name, args } = shapeCall(shape, ask, {
          onSuccess: to('onSuccess'),
          onError: to('onError'),
          callback: to('callback'),
        });
        const call = delegate?.[name] ?? (widget as unknown as Functions)[name];
        if (typeof call !== 'function') {
          throw new Error(
            `${label}: there is no ${name} to call. Hand the delegate over with initialize, or attach the bridge to the widget.`,
          );
        }
        const entry = ledger.open(id, server);
        entry.reject = reject;
        resolvers.set(entry, resolve);
        try {
          call(...args);
        } catch (thrown) {
          reject(new Error(ledger.fault(`${name} threw ${thrown}`)));
        } finally {
          entry.isCalling = false;
        }
      });
    },
    faults: ledger.faults,
    assertExactlyOnce: ledger.assertExactlyOnce,
  };
  return widget;
}

/** A reply as the widget reads it: an object, or the JSON text of one. */
function readReply(response: unknown): { readonly value: unknown } | undefined {
  if (typeof response !== 'string') return { value: response };
  try {
    return { value: JSON.parse(response) };
  } catch {
    return undefined;
  }
}
