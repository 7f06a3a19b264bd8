/**
 * Writes what is published into a folder, with the folders of the subpaths. Returns the paths of all files.
 *
 * @param files What npm would pack in the root of the project: paths from there.
 * @param repository `owner/name` on GitHub, if it is known.
 */
export function writePackage(
  folder: string,
  files: readonly string[],
  repository?: string,
): readonly string[];
