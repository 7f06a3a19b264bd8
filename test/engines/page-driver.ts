/** The operations that an engine has for one page. `Page` builds the others on them. */
export interface PageDriver {
  /** Goes to an address and waits for the load event. */
  goto(url: string): Promise<void>;
  /** Evaluates an expression for a promise of a string. */
  run(expression: string): Promise<string>;
  /** Clicks the middle of an element, as a user's mouse would. */
  click(selector: string): Promise<void>;
  /** Types into the focused element. Each key goes down and up before the next one. */
  press(keys: readonly KeyStroke[]): Promise<void>;
  resize(viewport: Viewport): Promise<void>;
  /** What the viewport shows, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A key, a character or a name of `KeyboardEvent.key`, and the keys that are held down with it. */
export interface KeyStroke {
  readonly key: string;
  readonly held: readonly string[];
}

/** In CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}
