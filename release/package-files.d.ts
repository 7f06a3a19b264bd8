/**
 * A manifest that says where the package comes from: `repository`, `homepage` and `bugs`.
 *
 * @param repository `owner/name` on GitHub.
 */
export function withOrigin<T extends object>(manifest: T, repository: string): T & Origin;

interface Origin {
  readonly repository: { readonly type: string; readonly url: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
}

/**
 * A page of Markdown whose links lead somewhere once it is packed. A link to a file that is not packed leads to the repository
 * on GitHub. If that is not known, the link becomes text that names the file.
 *
 * @param file Its path from the root: `docs/review.md`.
 */
export function withPackedLinks(
  file: string,
  text: string,
  options: {
    /** Whether a path from the root is in the package, as a file or as a folder. */
    readonly isPacked: (path: string) => boolean;
    /** `owner/name` on GitHub. */
    readonly repository?: string | undefined;
    readonly version: string;
  },
): string;
