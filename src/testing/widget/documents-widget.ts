import { SENDERS } from '../../transport/transport.ts';
import { type CallShape, hasCallbacks, shapeCall } from '../call-shapes.ts';
import { checkNames } from '../known-names.ts';
import { globalConstructor } from './find-delegate.ts';
import { createRequestLedger, type LedgerEntry, showId } from './request-ledger.ts';
import { ASK_OPTIONS, type DocumentsTestWidget, type TestReply } from './test-widget.ts';

type Functions = Readonly<Record<string, unknown>>;
type Through = TestReply['through'];

/** Creates a stand-in for the widget of the vendor's documents and samples. */
export function createDocumentsWidget(shape: CallShape): DocumentsTestWidget {
  const label = `Test widget, shape ${shape}`;
  const ledger = createRequestLedger(label);
  const replies: TestReply[] = [];
  const resolvers = new Map<LedgerEntry, (response: unknown) => void>();
  let delegate: Functions | undefined;

  function handle(entry: LedgerEntry, response: unknown, through: Through): void {
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
        handle(entry, response, through);
        return;
      }
      replies.push({ response, requestId, through, isWithinCall: entry?.isCalling ?? false });
      const text = hasCallbacks(shape)
        ? `an answer under ${showId(requestId)} came to the reply function`
        : `an answer came under ${showId(requestId)}, which is the id of no request`;
      const fault = ledger.fault(text);
      entry?.reject?.(new Error(fault));
    };

  /** An id may be used again after it was answered. */
  function entryOf(requestId: unknown): LedgerEntry | undefined {
    const same = ledger.entries.filter(({ id }) => id === requestId);
    return same.find(({ answers }) => answers === 0) ?? same.at(-1);
  }

  const request: DocumentsTestWidget['request'] = (server, body, options = {}) =>
    new Promise((resolve, reject) => {
      checkNames('request', options, ASK_OPTIONS);
      const { requestId = `test-${ledger.entries.length + 1}`, headers = null } = options;
      const id = shape === 'c' ? `${requestId}` : requestId;
      const to = (through: Through) => (response: unknown) => handle(entry, response, through);
      const callbacks = { onSuccess: to('onSuccess'), onError: to('onError'), callback: to('callback') };
      const call = { sender: SENDERS[server], body, requestId, headers };
      const { name, args } = shapeCall(shape, call, callbacks);
      const send = checkFunction(delegate?.[name] ?? (widget as unknown as Functions)[name], name, label);
      const entry = ledger.open(id, server);
      entry.reject = reject;
      resolvers.set(entry, resolve);
      try {
        send(...args);
      } catch (thrown) {
        reject(new Error(ledger.fault(`${name} threw ${thrown}`)));
      } finally {
        entry.isCalling = false;
      }
    });

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
    request,
    faults: ledger.faults,
    assertExactlyOnce: ledger.assertExactlyOnce,
  };
  return widget;
}

/** Reads a reply like the widget: an object, or JSON. */
function readReply(response: unknown): { readonly value: unknown } | undefined {
  if (typeof response !== 'string') return { value: response };
  try {
    return { value: JSON.parse(response) };
  } catch {
    return undefined;
  }
}

/** @throws Error if there is no function to call. */
function checkFunction(
  found: unknown,
  name: string,
  label: string,
): (...args: readonly unknown[]) => unknown {
  if (typeof found === 'function') return found as (...args: readonly unknown[]) => unknown;
  throw new Error(
    `${label}: there is no function ${name}. Pass the delegate to initialize, or attach the bridge.`,
  );
}
