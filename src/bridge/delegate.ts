import { readCall, readMessage, SENDERS, type WidgetCall } from './calls.ts';
import { NOTICES } from './notices.ts';

/**
 * The object whose functions the widget calls: pass it as `eventsDelegate` and `pDelegate`. All are bound, so that
 * a copy does as well. None throws, and none returns a value but the entry point for replies.
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
  /** The same, by another name that layouts call it by. */
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

/** The entry points of all delegates: a widget may have been given one in the place of a function of its own. */
const entryPoints = /* @__PURE__ */ new WeakSet<object>();

/** Whether a function is the entry point for replies of a delegate. */
export function isEntryPoint(value: object): boolean {
  return entryPoints.has(value);
}

/**
 * @param take Takes a call, as soon as it has been read.
 * @param receive The entry point for replies.
 */
export function createDelegate(
  take: (read: () => WidgetCall) => void,
  receive: EventDelegate['handlePServerResponse'],
): EventDelegate {
  const handlePersoEvent = (message: unknown): void => take(() => readMessage(message));
  entryPoints.add(receive);
  const delegate: Record<string, unknown> = {
    handlePersoEvent,
    widgetEventHandler: handlePersoEvent,
    handlePServerResponse: receive,
    handleServerResponse: receive,
  };
  for (const [sender, server] of SENDERS) {
    delegate[sender] = (...args: unknown[]) => take(() => readCall(sender, server, args));
  }
  for (const name of NOTICES) delegate[name] = (...args: unknown[]) => take(() => ({ name, args }));
  return delegate as unknown as EventDelegate;
}

/**
 * The delegate as a class without a state of its own, for widgets that make their delegate themselves, and more often
 * than they use it. Its functions are own properties: widgets do not see those of a prototype.
 */
export function createDelegateClass(delegate: Delegate): new () => Delegate {
  class EventDelegate {
    constructor() {
      Object.assign(this, delegate);
    }
  }
  return EventDelegate as new () => Delegate;
}

/** In whose place the class above has its name. */
type Delegate = EventDelegate;
