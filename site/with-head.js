/** The text of a page with what VitePress must know of it, such as its description. */
export function withHead(head, text) {
  // JSON is YAML, too.
  return `---\n${JSON.stringify(head)}\n---\n\n${text}`;
}
