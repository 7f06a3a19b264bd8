import type { Delegate } from './widget/call-shapes.js';

declare global {
  interface Window {
    /** The widget. */
    personetics: {
      initialize(options: { eventsDelegate: Delegate; root: HTMLElement; callShape?: string }): void;
      handlePServerResponse(response: unknown, requestId: unknown): void;
      refresh(part: string): Promise<void> | undefined;
      /** Brings a part into view, as it is now. */
      show(part: string): void;
    };
    /** What the React and Angular packages of the widget send their messages through. The bank gives it its handler. */
    PersoWidget: { widgetEventHandler(message: object): void };

    /** What the app around the page may have put there. */
    webkit?: { messageHandlers?: { personeticsApple?: object } };
    PersoneticsAndroid?: object;
    ReactNativeWebView?: object;
    PersoneticsFlutter?: object;
    flutter_inappwebview?: object;

    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): object };
    };
  }
}
