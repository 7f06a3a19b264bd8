import { onAbort } from '../abort.ts';
import { attempt, checkOption, checkSignal, fieldsOf, isFunction } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { isFrom, type OtherWindow, readOtherWindow } from '../http/other-window.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import type { QueuePoller } from './poller.ts';
import { connectionSchema } from './server/events.ts';
import { readBy } from './server/read-by.ts';

/** What Linxo's widget says at its end. Fields that it does not send, or that have another type, are `undefined`. */
export interface LinxoWidgetEnd {
  /** How it ended. */
  readonly status: 'success' | (string & {}) | undefined;
  /** What it did. */
  readonly result: 'created' | (string & {}) | undefined;
  /** The connection that it is about. */
  readonly connectionId: string | undefined;
  /** Where the widget would send the user now. Check it before you follow it. */
  readonly redirectUrl: string | undefined;
}

/** The options of {@link followLinxoWidget}: where the widget is, and what the page does at its end. */
export interface LinxoWidgetOptions {
  /**
   * The origin of the widget's page, such as `'https://embed.linxo.example'`. There is no default, and neither `'*'` nor
   * `'null'` is allowed. Messages of another origin are ignored.
   */
  origin: string;
  /**
   * The window of the widget, or a function that returns it, for a frame that is created later or replaced. Messages of any
   * other window are ignored.
   */
  source: Window | (() => Window | null | undefined);
  /**
   * Is called at each end of the widget, when the poller follows the connection. If it throws or rejects, the error is
   * reported as an uncaught error of the page.
   *
   * @default nothing
   */
  onEnd?: ((end: LinxoWidgetEnd) => void) | undefined;
  /** Stops it when it aborts. */
  signal?: AbortSignal | undefined;
}

const OPTIONS: NamesOf<LinxoWidgetOptions> = { origin: true, source: true, onEnd: true, signal: true };

/**
 * Listens to Linxo Connect's own widget, in a frame of the page. At its end, the widget sends a message that names the
 * connection: the poller then tracks this connection, and polls at once and closely for a while. If the message names no
 * connection, it polls too.
 *
 * Messages are accepted only from the given window and origin, as objects or as JSON text. All other messages are ignored. The
 * page is never navigated: `onEnd` can follow the widget's `redirectUrl`. On a server it does nothing.
 *
 * @param poller The poller of this user. Start it before the widget opens: the queue holds no earlier events.
 * @returns Stops it.
 * @throws BanksideError `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import { followLinxoWidget, type QueuePoller } from 'bankside';
 *
 * declare const poller: QueuePoller;
 * declare const frame: HTMLIFrameElement;
 *
 * const stop = followLinxoWidget(poller, {
 *   origin: 'https://embed.linxo.example',
 *   source: () => frame.contentWindow,
 *   onEnd({ status, connectionId }) {
 *     frame.remove();
 *     console.log(`The widget has ended with ${status}, for ${connectionId}`);
 *   },
 * });
 * ```
 */
export function followLinxoWidget(
  poller: Pick<QueuePoller, 'track' | 'nudge'>,
  options: LinxoWidgetOptions,
): () => void {
  checkOption(isFunction(poller?.track) && isFunction(poller.nudge), 'poller', 'a QueuePoller', poller);
  const { widget, onEnd, signal } = readOptions(options);

  function onMessage(event: MessageEvent): void {
    if (!isFrom(widget, event)) return;
    const end = readEnd(event.data);
    if (!end) return;
    if (end.connectionId !== undefined) poller.track(end.connectionId);
    poller.nudge();
    callSafely(() => onEnd?.(end));
  }

  // A server has neither of these functions.
  const stopListening = (): void => globalThis.removeEventListener?.('message', onMessage);
  globalThis.addEventListener?.('message', onMessage);
  const unsubscribe = onAbort(signal, stopListening);
  return () => {
    unsubscribe();
    stopListening();
  };
}

interface LinxoWidgetSettings extends Pick<LinxoWidgetOptions, 'onEnd' | 'signal'> {
  readonly widget: OtherWindow;
}

/** @throws INVALID_OPTIONS naming the first option that does not fit. */
function readOptions(options: LinxoWidgetOptions): LinxoWidgetSettings {
  checkOptionNames(options, OPTIONS);
  const { origin, source, onEnd, signal } = options ?? ({} as LinxoWidgetOptions);
  const widget = readOtherWindow(source, origin);
  checkOption(onEnd === undefined || isFunction(onEnd), 'onEnd', 'a function', onEnd);
  checkSignal(signal);
  return { widget, onEnd, signal };
}

/** Reads a message of the widget. `undefined` if it is about something else. */
function readEnd(data: unknown): LinxoWidgetEnd | undefined {
  // An older version of the widget's page sends JSON text.
  const message = fieldsOf(typeof data === 'string' ? attempt((): unknown => JSON.parse(data)) : data);
  if (message['eventName'] !== 'redirect_to') return undefined;
  return {
    status: readText(message['status']),
    result: readText(message['result']),
    // As in the queue's events: a number becomes a string, and it must fit into an address.
    connectionId: readBy(connectionSchema.shape.id, message['connection_id']).data,
    redirectUrl: readText(message['redirect_url']),
  };
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
