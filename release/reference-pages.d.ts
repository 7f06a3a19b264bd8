/**
 * Writes README.md and the guides that its table “Documentation” names into a folder, in this order, as typedoc reads them: with
 * the title apart, and with links that lead to each other or are text.
 *
 * @returns Their paths.
 */
export function writeReferencePages(folder: string): {
  readonly readme: string;
  readonly guides: readonly string[];
};

/** The pages that the table “Documentation” of README.md names, in its order. */
export function listedGuides(): string[];
