import type { Output } from './command.ts';

/** Codes of terminals: to begin a style, and to end it. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof CODES;

/** Puts a style around a string that has none, or returns it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Not `styleText` of `node:util`, which Node has from 20.12 only. */
const painted: Paint = (style, text) => {
  const [begin, end] = CODES[style];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
};

const plain: Paint = (_style, text) => text;

/**
 * For what is written to this output: colours on a terminal only. `--no-color` and `NO_COLOR` forbid them; `FORCE_COLOR` asks for them
 * elsewhere, such as in the log of a build. As with Node, `FORCE_COLOR` counts more than `NO_COLOR`.
 */
export function paintFor(
  { isTTY }: Output,
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): Paint {
  const { FORCE_COLOR: force, NO_COLOR: never, TERM: terminal } = env;
  if (args.includes('--no-color')) return plain;
  if (force !== undefined) return force === '0' || force === 'false' ? plain : painted;
  return isTTY === true && !never && terminal !== 'dumb' ? painted : plain;
}
