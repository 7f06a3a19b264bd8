import { createEmitter, type Emitter } from '../emitter.ts';
import type { BridgeMemory } from '../requests/bridge-memory.ts';
import type { BridgeEvents, InnerEvents } from '../requests/events.ts';
import type { RecentBridgeEvent } from '../requests/recent-bridge-events.ts';

/** The emitter of a bridge. Each event is remembered before handlers get it, since a handler may cause the next. */
export function createRememberingEmitter(memory: BridgeMemory): Emitter<InnerEvents> {
  const emitter = createEmitter<InnerEvents>();
  const { emit, hasHandlers } = emitter;
  return {
    ...emitter,
    emit(type, event) {
      if (type !== 'change' && type !== 'recent') {
        const plain = remember(memory, type, event);
        if (plain && hasHandlers('recent')) emit('recent', Object.freeze(plain));
      }
      emit(type, event);
    },
  };
}

/** A page or a test may have replaced `performance` by something that throws. The event itself must come all the same. */
function remember(
  memory: BridgeMemory,
  type: keyof BridgeEvents,
  event: unknown,
): RecentBridgeEvent | undefined {
  try {
    return memory.add(type, event);
  } catch {
    return undefined;
  }
}
