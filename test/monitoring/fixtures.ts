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

/** Something to observe, which tells what the test says. */
export interface Teller {
  on(type: string, handler: (event: never) => void): () => void;
  tell(type: string, event: object): void;
}

export function createTeller(): Teller {
  const handlers = new Map<string, (event: never) => void>();
  return {
    on(type, handler) {
      handlers.set(type, handler);
      return () => handlers.delete(type);
    },
    tell: (type, event) => handlers.get(type)?.(event as never),
  };
}

/** Lets happen what waits for no timer. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Waits until so much has been told: what needs a mark is told when the platform has made it. */
export async function toldSoMuch(told: readonly unknown[], count: number): Promise<void> {
  while (told.length < count) await aTurnOfThePlatform();
}

/** Waits until such an event has been told, and with it all that came before. */
export async function toldThat(told: readonly LifeEvent[], kind: LifeEvent['kind']): Promise<void> {
  while (told.at(-1)?.kind !== kind) await aTurnOfThePlatform();
}

/** Longer than the platform takes for a mark that was asked for before. */
export async function marksMade(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await aTurnOfThePlatform();
}

async function aTurnOfThePlatform(): Promise<void> {
  const { subtle } = crypto;
  const key = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await subtle.sign('HMAC', key, new Uint8Array(64));
}
