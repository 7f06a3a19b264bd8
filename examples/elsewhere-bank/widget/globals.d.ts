import type { Delegate } from './call-shapes.js';

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
  }
}
