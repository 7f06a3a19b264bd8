import type { Emitter } from '../emitter.ts';
import type { BridgeEvents, WidgetNotice } from './bridge-events.ts';
import { NOTICES } from './delegate.ts';

/** The notices that say which widget they come from, and the events that they become. */
const INTERACTIONS: ReadonlyMap<string, 'widgetEvent' | 'widgetAction'> = /* @__PURE__ */ new Map([
  ['widgetEvent', 'widgetEvent'],
  ['handleWidgetAction', 'widgetAction'],
]);

/** Tells what the widget called one of the delegate's functions with. */
export function emitNotice(emitter: Emitter<BridgeEvents>, name: string, args: readonly unknown[]): void {
  const interaction = INTERACTIONS.get(name);
  if (interaction) emitter.emit(interaction, { widget: args[0], params: args[1] });
  else emitter.emit(name as 'registered', { data: args[0], args } satisfies WidgetNotice);
}

/** Tells a message that came through a sender. Its name is the widget's to choose, so it never becomes one of the bridge's own events. */
export function emitMessage(emitter: Emitter<BridgeEvents>, name: string, data: unknown): void {
  if (INTERACTIONS.has(name)) emitNotice(emitter, name, [undefined, data]);
  else if ((NOTICES as readonly string[]).includes(name)) emitNotice(emitter, name, [data]);
  else emitter.emit('widgetMessage', { name, data });
}
