import { callSafely, type Emitter } from '../emitter.ts';
import type { Transport } from '../transport/transport.ts';
import type { InnerEvents } from './bridge-events.ts';
import type { MessageCall } from './calls.ts';
import { copyPlain } from './copy-plain.ts';
import type { WidgetEventParams } from './widget-events.ts';

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

/**
 * Tells the page, and the transport, what the widget told: within the widget's call, and as it was then, since widgets
 * change their objects afterwards. The name of a message is the widget's to choose, so one that is no notice never
 * becomes one of the bridge's own events.
 */
export function tellNotice(
  emit: Emitter<InnerEvents>['emit'],
  transport: Transport,
  { name, args: given }: MessageCall,
): void {
  const isInteraction = name === 'widgetEvent' || name === 'handleWidgetAction';
  const hasWidget = isInteraction && given.length > 1;
  const args = given.map((arg, index) => (hasWidget && index === 0 ? arg : copyPlain(arg)));
  // A message carries no widget.
  const [widget, params] = hasWidget ? args : [undefined, args[0]];
  const data = isInteraction ? params : args[0];
  /** Another copy: a handler of the page's may change what it is told. */
  const sent = transport.notify && copyPlain(data);
  if (isInteraction) {
    emit(name === 'widgetEvent' ? name : 'widgetAction', { widget, params: readParams(params) });
  } else if (NOTICES.includes(name)) emit(name as 'registered', { data, args });
  else emit('widgetMessage', { name, data });
  callSafely(() => transport.notify?.(name, sent));
}

function readParams(params: unknown): WidgetEventParams {
  return typeof params === 'object' && params !== null ? (params as WidgetEventParams) : {};
}
