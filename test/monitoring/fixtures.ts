import { onTestFinished } from 'vitest';
import { type BridgeOptions, WidgetBridge } from '../../src/index.ts';
import { type LifeEvent, observeLife } from '../../src/monitoring.ts';
import { createTestTransport, type TestTransport } from '../../src/testing/index.ts';

/** A bridge over a transport in the test's hand, and all that is told of it. */
export interface Observed {
  readonly bridge: WidgetBridge;
  readonly transport: TestTransport;
  readonly told: LifeEvent[];
  readonly stop: () => void;
}

export function observedBridge(options: Partial<BridgeOptions> = {}): Observed {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport, ...options });
  const told: LifeEvent[] = [];
  const stop = observeLife(bridge, undefined, (event) => told.push(event));
  onTestFinished(() => {
    stop();
    bridge.dispose();
  });
  return { bridge, transport, told, stop };
}

/** Lets happen what waits for no timer. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
