import { isObject } from '../check.ts';
import { callSafely, type Emitter } from '../emitter.ts';
import { NOTICES, type Transport } from '../transport/transport.ts';
import type { NoticeCall } from './calls.ts';
import { copyPlain } from './copy-plain.ts';
import type { InnerEvents } from './events.ts';

/**
 * Emits a notice as an event, and passes it to the transport. Both happen within the widget's call, with copies, since
 * widgets change their objects afterwards. The widget chooses the name of a message, so an unknown name becomes a
 * `widgetMessage`, and never one of the bridge's own events.
 */
export function emitNotice(
  emit: Emitter<InnerEvents>['emit'],
  transport: Transport,
  { name, args: given }: NoticeCall,
): void {
  const isInteraction = name === 'widgetEvent' || name === 'handleWidgetAction';
  const hasWidget = isInteraction && given.length > 1; // a message carries no widget
  const args = given.map((arg, index) => (hasWidget && index === 0 ? arg : copyPlain(arg)));
  const [widget, params] = hasWidget ? args : [undefined, args[0]];
  const data = isInteraction ? params : args[0];
  /** Another copy: a handler of the page may change the first. */
  const sent = transport.notify && copyPlain(data);
  if (isInteraction) {
    const type = name === 'widgetEvent' ? name : 'widgetAction';
    emit(type, { widget, params: isObject(params) ? params : {} });
  } else if ((NOTICES as readonly string[]).includes(name)) emit(name as 'registered', { data, args });
  else emit('widgetMessage', { name, data });
  callSafely(() => transport.notify?.(name, sent));
}
