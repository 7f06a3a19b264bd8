import type { Emitter } from '../emitter.ts';
import type { InnerEvents } from './bridge-events.ts';
import { NOTICES } from './delegate.ts';

/** Tells what the widget called one of the delegate's functions with. */
export function emitNotice(emitter: Emitter<InnerEvents>, name: string, args: readonly unknown[]): void {
  const [data, params] = args;
  if (isInteraction(name))
    emitter.emit(name === 'widgetEvent' ? name : 'widgetAction', { widget: data, params });
  else emitter.emit(name as 'registered', { data, args });
}

/**
 * Tells a message that came through a sender. Its name is the widget's to choose, so it never becomes one of
 * the bridge's own events.
 */
export function emitMessage(emitter: Emitter<InnerEvents>, name: string, [data]: readonly unknown[]): void {
  if (!NOTICES.includes(name)) emitter.emit('widgetMessage', { name, data });
  else emitNotice(emitter, name, isInteraction(name) ? [undefined, data] : [data]);
}

/** Whether a notice says which widget it comes from. */
export function isInteraction(name: string): boolean {
  return name === 'widgetEvent' || name === 'handleWidgetAction';
}
