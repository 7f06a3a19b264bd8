/** Letters that carry no accent that could be taken off. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** A text as one types it who has none of its accents on the keyboard: `Møllebæk` becomes `mollebaek`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[øłđßæœþ]/g, (letter) => LETTERS[letter] ?? letter);
}
