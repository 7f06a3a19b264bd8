/** What an engine must be able to do with one page; `Page` makes everything else of it. */
export interface PageDriver {
  /** Goes to an address and waits for the load event. */
  goto(url: string): Promise<void>;
  /** Evaluates an expression for a promise of a string. */
  run(expression: string): Promise<string>;
  /** Clicks the middle of an element, as a user's mouse would. */
  click(selector: string): Promise<void>;
  /** Types into whatever has the focus: each key goes down and up again before the next. */
  press(keys: readonly KeyStroke[]): Promise<void>;
  resize(viewport: Viewport): Promise<void>;
  /** What the viewport shows, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** One key with those that are held down meanwhile: a character, or a name of `KeyboardEvent.key`. */
export interface KeyStroke {
  readonly key: string;
  readonly held: readonly string[];
}

/** In CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}
