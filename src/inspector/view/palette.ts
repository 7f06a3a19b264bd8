const NAMES = [
  'paper',
  'line',
  'ink',
  'soft',
  'sent',
  'answered',
  'token',
  'failed',
  'late',
  'focus',
] as const;

/** The colours of the picture. */
export type Palette = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the current colours: light, dark, or forced by the user. */
export function readPalette(host: Element): Palette {
  const style = getComputedStyle(host);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Palette;
}

/** Calls back when the colours may have changed. Returns the function that unsubscribes. */
export function watchPalette(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
