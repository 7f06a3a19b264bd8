import type { QueuePoller, WidgetBridge } from 'bankside';
import { byId } from '../../../examples/showcase/shared/dom/element.js';
import { ON_WIRED, type PlaygroundWindow } from '../bank/playground-window.ts';
import type { Settings } from '../settings.ts';
import { writeSettings } from '../write-settings.ts';

const PLACES: Readonly<Record<Settings['shownIn'], string>> = {
  browser: 'in a browser',
  ios: 'in an iOS app (WKWebView)',
  android: 'in an Android app (WebView)',
  'react-native': 'in a React Native app (WebView)',
  flutter: 'in a Flutter app (WebView)',
};

/** What the bank's page is wired with. */
export interface ShownBank {
  readonly bridge: WidgetBridge;
  readonly poller: QueuePoller | undefined;
}

interface FrameListener {
  /** The page is about to send its first request. There is no poller if no synchronisation was chosen. */
  onWired(bank: ShownBank): void;
  /** The page could not be started. It says so itself, too. */
  onFailure(words: string): void;
}

/** The frame with the bank's page. */
export function createBankFrame({ onWired, onFailure }: FrameListener): { open(settings: Settings): void } {
  const frame = byId('frame', HTMLIFrameElement);
  const device = byId('device', HTMLElement);
  Object.assign(globalThis, { [ON_WIRED]: onWired });
  frame.addEventListener('load', () => {
    const { playground } = frame.contentWindow as Window & PlaygroundWindow;
    playground?.ready.catch((error: { readonly message?: string }) => {
      onFailure(error.message ?? String(error));
    });
  });

  return {
    open(settings) {
      device.dataset['shownIn'] = settings.shownIn;
      byId('bank-place', HTMLElement).textContent = PLACES[settings.shownIn];
      const address = new URL(`bank.html?${writeSettings(settings)}`, location.href).href;
      // The frame's pages are no steps of the visitor's history.
      frame.contentWindow?.location.replace(address);
    },
  };
}
