/** Puts a script at the very top of a document, where it runs before all others. */
export function injectScript(html: string, address: string): string {
  const top =
    /<head(\s[^>]*)?>/i.exec(html) ?? /<html(\s[^>]*)?>/i.exec(html) ?? /^\s*<!doctype[^>]*>/i.exec(html);
  const at = top ? top.index + top[0].length : 0;
  return `${html.slice(0, at)}<script src="${address}"></script>${html.slice(at)}`;
}
