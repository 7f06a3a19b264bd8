import { callSafely, type Emitter } from '../emitter.ts';
import type { Transport } from '../transport/transport.ts';
import type { InnerEvents } from './bridge-events.ts';
import type { MessageCall } from './calls.ts';

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
 * Tells the page, and the transport, what the widget told. The name of a message is the widget's to choose, so
 * one that is no notice never becomes one of the bridge's own events.
 */
export function tellNotice(
  emit: Emitter<InnerEvents>['emit'],
  transport: Transport,
  { name, args }: MessageCall,
): void {
  const isInteraction = name === 'widgetEvent' || name === 'handleWidgetAction';
  // A message carries no widget.
  const [widget, params] = args.length > 1 ? args : [undefined, args[0]];
  const data = isInteraction ? params : args[0];
  if (isInteraction) emit(name === 'widgetEvent' ? name : 'widgetAction', { widget, params });
  else if (NOTICES.includes(name)) emit(name as 'registered', { data, args });
  else emit('widgetMessage', { name, data });
  callSafely(() => transport.notify?.(name, data));
}
