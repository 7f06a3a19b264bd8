import { onTestFinished, vi } from 'vitest';

/** Stands in for a window as another sees it: what is posted to it arrives as from the other. */
export interface FakeWindow {
  /** The window as the other side holds it. */
  readonly proxy: Window;
  readonly origin: string;
}

/**
 * Two windows of different origins in one realm, which both listen to the one global: what is posted to one names the
 * other as its source. Like real ones they post in a later task, copy what they post, hand ports over, and drop what is
 * meant for another origin. What happens to one, such as that it is left, happens to both.
 */
export function twoWindows(): { bank: FakeWindow; frame: FakeWindow; post: PostAs; events: EventTarget } {
  const listeners = new EventTarget();
  vi.stubGlobal('addEventListener', listeners.addEventListener.bind(listeners));
  vi.stubGlobal('removeEventListener', listeners.removeEventListener.bind(listeners));
  const post: PostAs = (from, data, ports = []) => {
    const event = Object.assign(new Event('message'), { ...from, data, ports });
    listeners.dispatchEvent(event);
  };
  const bank = fakeWindow('https://bank.example');
  const frame = fakeWindow('https://widget.example');
  bank.from = frame;
  frame.from = bank;

  function fakeWindow(origin: string): FakeWindow & { from?: FakeWindow } {
    const window: FakeWindow & { from?: FakeWindow } = {
      origin,
      proxy: {
        postMessage(data: unknown, targetOrigin: string, transfer: MessagePort[] = []) {
          const copy = structuredClone({ data, ports: transfer }, { transfer: transfer as never[] });
          if (targetOrigin !== origin || !window.from) return;
          const { proxy: source, origin: sender } = window.from;
          setImmediate(() => post({ source, origin: sender }, copy.data, copy.ports));
        },
      } as unknown as Window,
    };
    return window;
  }

  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return { bank, frame, post, events: listeners };
}

/** Lets a message arrive from whatever source and origin. */
export type PostAs = (
  from: { readonly source: unknown; readonly origin: string },
  data: unknown,
  ports?: readonly MessagePort[],
) => void;
