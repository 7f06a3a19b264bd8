/** Where an entry is, for tools that do not read `exports`: paths from the folder. */
export interface SubpathManifest {
  readonly main: string;
  readonly types: string;
}

/** The folder of each subpath, and what its package.json holds. */
export function subpathFolders(
  exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>,
): ReadonlyMap<string, SubpathManifest>;

/** Writes the folders below a root. Returns the paths of the files. */
export function writeSubpathFolders(
  root: string,
  exports: Parameters<typeof subpathFolders>[0],
): readonly string[];
