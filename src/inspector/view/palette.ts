const NAMES = [
  'paper',
  'well',
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

/** As the style has them at the moment: light or dark, or those that the user forces. */
export function readPalette(host: Element): Palette {
  const style = getComputedStyle(host);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Palette;
}

/** Calls back when the colours may be others. Returns the function that ends it. */
export function watchPalette(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
