/**
 * Packs the built package, from the folder of the project.
 *
 * @throws if it is not built, or with what npm says.
 */
export function pack(options?: {
  /** `owner/name` on GitHub, if it is known. */
  readonly repository?: string | undefined;
  /** Where the tarball is written. The folder is made. @default '.' */
  readonly destination?: string | undefined;
}): {
  /** The path of the tarball. */
  readonly tarball: string;
  /** The paths in it: `dist/index.js`. */
  readonly files: readonly string[];
};
