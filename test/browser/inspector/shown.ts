import { expect, onTestFinished } from 'vitest';
import { type BridgeOptions, type QueuePoller, WidgetBridge } from '../../../src/index.ts';
import { type BanksideInspector, defineInspector } from '../../../src/inspector.ts';
import { createTestTransport, type TestTransport } from '../../../src/testing/index.ts';

/** An inspector in the page, with a bridge over a transport in the test's hand. */
export interface Shown {
  readonly inspector: BanksideInspector;
  readonly bridge: WidgetBridge;
  readonly transport: TestTransport;
  /** Sends a command that is waited for by nobody. */
  send(type: string, server?: 'pserver' | 'enrich' | 'ob'): void;
  /** The first element in the shadow that fits. */
  find<E extends Element = HTMLElement>(selector: string): E;
  /** The lines of the list that are there. */
  rows(): HTMLElement[];
  /** What they say. */
  lines(): string[];
  button(text: string): HTMLButtonElement;
  press(...keys: string[]): void;
  details(): string;
}

export interface ShowOptions extends Partial<BridgeOptions> {
  readonly poller?: QueuePoller;
  /** Of the inspector, in px. */
  readonly width?: number;
}

export function show({ poller, width = 1_000, ...options }: ShowOptions = {}): Shown {
  defineInspector();
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport, ...options });
  const inspector = document.createElement('bankside-inspector');
  inspector.style.width = `${width}px`;
  document.body.append(inspector);
  inspector.observe(bridge, poller);
  onTestFinished(() => {
    inspector.remove();
    bridge.dispose();
  });
  const root = inspector.shadowRoot as ShadowRoot;
  const find = <E extends Element = HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`There is no ${selector}`);
    return found;
  };
  const rows = () => [...root.querySelectorAll<HTMLElement>('.row')].filter((row) => !row.hidden);
  return {
    inspector,
    bridge,
    transport,
    find,
    rows,
    send: (type, server = 'pserver') => void bridge.send(server, { type }).catch(() => {}),
    lines: () =>
      rows()
        .sort(byPlace)
        .map((row) => textOf(row)),
    button: (text) => {
      const found = [...root.querySelectorAll('button')].find((button) => button.textContent === text);
      if (!found) throw new Error(`There is no button ${text}`);
      return found;
    },
    press(...keys) {
      for (const key of keys) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true });
        root.activeElement?.dispatchEvent(event);
      }
    },
    details: () => find('.details').textContent ?? '',
  };
}

/** The line without its time and how long it took. */
function textOf(row: HTMLElement): string {
  const cells = ['name', 'place', 'state'].map((name) => row.querySelector(`.${name}`)?.textContent);
  return cells.filter(Boolean).join(', ');
}

function byPlace(one: HTMLElement, other: HTMLElement): number {
  return Number(one.getAttribute('aria-posinset')) - Number(other.getAttribute('aria-posinset'));
}

/** Waits for the next frame, and what was asked for in it. */
export async function frame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Waits until it is in sight, and has been painted. */
export async function painted({ find }: Shown): Promise<void> {
  await expect.poll(() => find<HTMLCanvasElement>('.lanes canvas').width).toBeGreaterThan(300);
  await frame();
}
