declare global {
  interface Window {
    /** The widget. What is optional has the shipped build alone. */
    personetics: {
      initialize(options: object, onReady?: () => void): void;
      startWidget(config: object): void;
      handlePServerResponse(response: unknown, requestId: unknown): void;
      handleServerResponse?(response: unknown, requestId: unknown): void;
      callPersoneticsAPI?(name: string, body: object | null, ok?: unknown, fail?: unknown): void;
      /** Clears its intervals. The vendor's widget has no such function. */
      dispose?(): void;
      /** The example's own: asks for a part again. */
      refresh(part: string): void;
      /** The example's own: brings a part into view, as it is now. */
      show(part: string): void;
    };
    /** What the React and Angular packages of the widget send their messages through. The bank gives it its handler. */
    PersoWidget: { widgetEventHandler(message: object): void };
    /** Where the shipped build gets its delegate, if it is given none. */
    EventDelegate: new () => object;
  }
}

export {};
