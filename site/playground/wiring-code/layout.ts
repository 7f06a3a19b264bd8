/** Longer imports have a line for each name. */
const LINE_WIDTH = 90;

/** Parts of a file with an empty line between them. A part that is `undefined` is left out. */
export function joinParts(...parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

/** Lines without those that are `undefined`. */
export function joinLines(...lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined).join('\n');
}

/** Moves each line but the first to the right: the first stands where the text is put. */
export function indent(text: string, spaces: number): string {
  return text.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(spaces)}`);
}

/** An import, in the order that formatters give it. @param names Types begin with `type `. */
export function importOf(module: string, names: readonly string[]): string {
  const sorted = [...names].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const line = `import { ${sorted.join(', ')} } from '${module}';`;
  return line.length <= LINE_WIDTH ? line : `import {\n  ${sorted.join(',\n  ')},\n} from '${module}';`;
}

/** Orders by letters, with a capital before the same small letter. */
function sortKey(name: string): string {
  return name.replace('type ', '').replaceAll(/[a-z]/g, (letter) => `${letter.toUpperCase()}~`);
}
