/** The characters that WebDriver uses for keys without a character. */
const codes: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

/** Converts a name of `KeyboardEvent.key` to WebDriver's. */
export function keyCode(key: string): string {
  const code = key.length === 1 ? key : codes[key];
  if (code) return code;
  throw new Error(`No key is named ${key}; there are: ${Object.keys(codes).join(', ')}`);
}
