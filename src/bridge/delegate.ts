import { readCall, readMessage, SENDERS, type WidgetCall } from './calls.ts';
import { NOTICES } from './notices.ts';

/**
 * The object whose functions the widget calls: pass it as `eventsDelegate`. All are bound, none throws, none
 * returns a value but the door.
 */
export interface EventDelegate {
  /** Any of the shapes of the vendor's layouts; likewise the other two. */
  sendRequestToPServer(...args: unknown[]): void;
  sendRequestToEnrichServer(...args: unknown[]): void;
  sendRequestToOBServer(...args: unknown[]): void;
  /** React and Angular layouts: the widget's one handler for everything. */
  handlePersoEvent(message: unknown): void;
  widgetEventHandler(message: unknown): void;
  navigateToPage(...args: unknown[]): void;
  widgetEvent(widget: unknown, params: unknown): void;
  handleWidgetAction(widget: unknown, params: unknown): void;
  personeticsEvent(...args: unknown[]): void;
  callPersoneticsAPI(...args: unknown[]): void;
  sessionStarted(...args: unknown[]): void;
  sessionEnded(...args: unknown[]): void;
  sessionError(...args: unknown[]): void;
  registered(...args: unknown[]): void;
  handleError(...args: unknown[]): void;
  /** The door for replies: see {@link WidgetBridge.handlePServerResponse}. */
  handlePServerResponse(response: unknown, requestId: string | number): boolean;
}

/**
 * @param take Takes a call, as soon as it has been read.
 * @param receive The door for replies.
 */
export function createDelegate(
  take: (read: () => WidgetCall) => void,
  receive: EventDelegate['handlePServerResponse'],
): EventDelegate {
  const handlePersoEvent = (message: unknown): void => take(() => readMessage(message));
  const delegate: Record<string, unknown> = {
    handlePersoEvent,
    widgetEventHandler: handlePersoEvent,
    handlePServerResponse: receive,
  };
  for (const [sender, server] of SENDERS) {
    delegate[sender] = (...args: unknown[]) => take(() => readCall(sender, server, args));
  }
  for (const name of NOTICES) delegate[name] = (...args: unknown[]) => take(() => ({ name, args }));
  return delegate as unknown as EventDelegate;
}
