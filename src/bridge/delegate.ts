import type { ServerName } from '../errors.ts';
import { SENDERS } from './calls.ts';

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

/** What the widget tells without wanting an answer. */
export const NOTICES: readonly string[] = [
  'navigateToPage',
  'widgetEvent',
  'handleWidgetAction',
  'personeticsEvent',
  'callPersoneticsAPI',
  'sessionStarted',
  'sessionEnded',
  'sessionError',
  'registered',
  'handleError',
];

interface DelegateCalls {
  onRequest(sender: string, server: ServerName, args: unknown[]): void;
  onMessage(message: unknown): void;
  onNotice(name: string, args: unknown[]): void;
  onReply(response: unknown, requestId: string | number): boolean;
}

export function createDelegate(calls: DelegateCalls): EventDelegate {
  const delegate: Record<string, unknown> = {
    handlePersoEvent: calls.onMessage,
    widgetEventHandler: calls.onMessage,
    handlePServerResponse: calls.onReply,
  };
  for (const [sender, server] of SENDERS) {
    delegate[sender] = (...args: unknown[]) => calls.onRequest(sender, server, args);
  }
  for (const name of NOTICES) delegate[name] = (...args: unknown[]) => calls.onNotice(name, args);
  return delegate as unknown as EventDelegate;
}
