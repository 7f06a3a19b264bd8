import { WidgetBridge } from '../../../src/index.ts';
import { createTestTransport } from '../../../src/testing/doubles.ts';

/** What a page creates with the signal, and the end of each. */
export function maker(): {
  readonly made: readonly WidgetBridge[];
  create(signal: AbortSignal): WidgetBridge;
  fates(): boolean[];
} {
  const made: WidgetBridge[] = [];
  const create = (signal: AbortSignal): WidgetBridge => {
    const bridge = new WidgetBridge({ transport: createTestTransport(), signal });
    made.push(bridge);
    return bridge;
  };
  return { made, create, fates: () => made.map((bridge) => bridge.getSnapshot().disposed) };
}
