/** A file to copy. */
export interface CodeFile {
  /** Its name in a project, such as `page.js`. */
  readonly name: string;
  readonly text: string;
}
