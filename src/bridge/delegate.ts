import { attempt } from '../check.ts';
import { SERVER_NAMES } from '../errors.ts';
import { readCall, readMessage } from '../requests/calls.ts';
import type { Requests } from '../requests/requests.ts';
import { NOTICES, SENDERS } from '../transport/transport.ts';

/**
 * The object whose functions the widget calls: pass it as `eventsDelegate` and `pDelegate`. All functions are bound, so
 * a copy works as well. None throws, and none returns a value except the entry point for replies.
 */
export interface EventDelegate {
  /** A request for PServer, in any of the shapes of the vendor's layouts. */
  sendRequestToPServer(...args: unknown[]): void;
  /** The same for Enrich. */
  sendRequestToEnrichServer(...args: unknown[]): void;
  /** The same for Open Banking. */
  sendRequestToOBServer(...args: unknown[]): void;
  /** React and Angular layouts: the widget's one handler for everything. */
  handlePersoEvent(message: unknown): void;
  /** The same, by another name that some layouts use. */
  widgetEventHandler(message: unknown): void;
  /** Becomes the event `navigateToPage`. */
  navigateToPage(...args: unknown[]): void;
  /** Becomes the event `widgetEvent`. */
  widgetEvent(widget: unknown, params: unknown, ...more: unknown[]): void;
  /** Becomes the event `widgetAction`. */
  handleWidgetAction(widget: unknown, params: unknown, ...more: unknown[]): void;
  /** Becomes the event `personeticsEvent`. */
  personeticsEvent(...args: unknown[]): void;
  /** Becomes the event `callPersoneticsAPI`. */
  callPersoneticsAPI(...args: unknown[]): void;
  /** Becomes the event `sessionStarted`. */
  sessionStarted(...args: unknown[]): void;
  /** Becomes the event `sessionEnded`. */
  sessionEnded(...args: unknown[]): void;
  /** Becomes the event `sessionError`. */
  sessionError(...args: unknown[]): void;
  /** Becomes the event `registered`. */
  registered(...args: unknown[]): void;
  /** Becomes the event `handleError`. */
  handleError(...args: unknown[]): void;
  /** The entry point for replies: see {@link WidgetBridge.handlePServerResponse}. */
  handlePServerResponse(response: unknown, requestId: string | number): boolean;
  /** The same, by its newer name: native code calls either. */
  handleServerResponse(response: unknown, requestId: string | number): boolean;
}

/** Marks the entry points of all delegates, also for other copies of the package. */
const ENTRY_POINT = Symbol.for('bankside.entryPoint');

/** Whether a function is the entry point for replies of a delegate. A widget may have one in place of its own reply function. */
export function isEntryPoint(value: object): boolean {
  return attempt(() => ENTRY_POINT in value) === true;
}

export function createDelegate(requests: Requests): EventDelegate {
  const { receive } = requests;
  Object.defineProperty(receive, ENTRY_POINT, { value: true });
  const handlePersoEvent = (message: unknown): void => requests.handle(() => readMessage(message));
  const delegate: Record<string, unknown> = {
    handlePersoEvent,
    widgetEventHandler: handlePersoEvent,
    handlePServerResponse: receive,
    handleServerResponse: receive,
  };
  for (const server of SERVER_NAMES) {
    delegate[SENDERS[server]] = (...args: unknown[]) => requests.handle(() => readCall(server, args));
  }
  for (const name of NOTICES) {
    delegate[name] = (...args: unknown[]) => requests.handle(() => ({ name, args }));
  }
  return delegate as unknown as EventDelegate;
}

/**
 * The delegate as a class, for widgets that make their delegate themselves, some of them several times. Instances have
 * no state. The functions are own properties: widgets do not see those of a prototype.
 */
export function createDelegateClass(delegate: Delegate): new () => Delegate {
  class EventDelegate {
    constructor() {
      Object.assign(this, delegate);
    }
  }
  return EventDelegate as new () => Delegate;
}

/** Needed because the class above hides the interface of the same name. */
type Delegate = EventDelegate;
