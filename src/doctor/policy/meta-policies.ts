import { decodeReferences } from './decode-references.ts';
import { type Policy, readPolicies } from './policy.ts';
import { lowerAscii, readTag, type Tag } from './read-tag.ts';

/** The policies in the `<meta>` elements of a page. */
export interface MetaPolicies {
  readonly policies: readonly Policy[];
  /** Why there may be others. `undefined` if these are all. */
  readonly doubt: string | undefined;
}

/** Elements of a `<head>` that have no text. */
const EMPTY = ['base', 'basefont', 'bgsound', 'link', 'meta'];
/** Elements of a `<head>` whose tags are text. In `<noscript>` they are where scripts run. */
const RAW = ['noframes', 'noscript', 'script', 'style', 'title'];
/** They may stand before or in a `<head>`, and begin no element. */
const FRAME = ['head', 'html'];
/** End tags that begin the body. All others are ignored. */
const BODY_ENDS = ['body', 'br', 'html'];

const SPACE = /[\t\n\f\r ]*/y;

/** The end of the walk: where the body begins, or a doubt. */
type End = { readonly doubt?: string };

/**
 * Reads the policies of a page's `<head>` from its text, as a browser that runs scripts would. It ends where the body begins: a
 * browser ignores what comes after. Scripts may add others, which no text shows.
 *
 * @param isWhole Whether the text is all of the page.
 */
export function metaPolicies(html: string, isWhole = true): MetaPolicies {
  const walk = new HeadWalk(html);
  const { doubt } = walk.run();
  const cut = !isWhole && walk.hasReachedEnd ? 'the page is too long' : undefined;
  return { policies: walk.policies, doubt: doubt ?? cut };
}

class HeadWalk {
  readonly policies: Policy[] = [];
  hasReachedEnd = false;
  readonly #html: string;
  #at: number;

  constructor(html: string) {
    this.#html = html;
    this.#at = html.startsWith('\ufeff') ? 1 : 0;
  }

  run(): End {
    if (this.#html.includes('\0')) return { doubt: 'the page has characters that no page has' };
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#html.length) {
        this.hasReachedEnd = true;
        return {};
      }
      const end = this.#step();
      if (end) return end;
    }
  }

  /** One comment or tag. */
  #step(): End | undefined {
    const html = this.#html;
    const at = this.#at;
    if (html[at] !== '<') return {};
    if (html.startsWith('<!--', at)) this.#at = commentEnd(html, at);
    else if (/[!?]/.test(html[at + 1] ?? '')) this.#goBehind('>', at + 1);
    else if (html[at + 1] === '/') return this.#endTag(at + 2);
    else if (/[a-z]/i.test(html[at + 1] ?? '')) return this.#startTag(at + 1);
    else return {};
    return undefined;
  }

  #endTag(start: number): End | undefined {
    const isTag = /[a-z]/i.test(this.#html[start] ?? '');
    // Without a letter it is a comment, or nothing.
    if (!isTag) {
      if (start >= this.#html.length) return {};
      this.#goBehind('>', start);
      return undefined;
    }
    const tag = readTag(this.#html, start);
    if (tag && BODY_ENDS.includes(tag.name)) return {};
    this.#at = tag?.end ?? this.#html.length;
    return undefined;
  }

  #startTag(start: number): End | undefined {
    const tag = readTag(this.#html, start);
    this.#at = tag?.end ?? this.#html.length;
    if (!tag || FRAME.includes(tag.name)) return undefined;
    if (tag.name === 'template') return { doubt: 'its head has a <template>' };
    if (RAW.includes(tag.name)) this.#at = rawEnd(this.#html, tag);
    else if (!EMPTY.includes(tag.name)) return {};
    return tag.name === 'meta' ? this.#readMeta(tag) : undefined;
  }

  #readMeta({ attributes }: Tag): End | undefined {
    const kind = decodeReferences(attributes.get('http-equiv') ?? '');
    const content = decodeReferences(attributes.get('content') ?? '');
    if (kind !== undefined && lowerAscii(kind) !== 'content-security-policy') return undefined;
    if (kind === undefined || content === undefined)
      return { doubt: 'a <meta> has character references of an unusual kind' };
    this.policies.push(...readPolicies([content], 'meta'));
    return undefined;
  }

  #skipSpace(): void {
    SPACE.lastIndex = this.#at;
    this.#at += SPACE.exec(this.#html)?.[0].length ?? 0;
  }

  #goBehind(end: string, from: number): void {
    const found = this.#html.indexOf(end, from);
    this.#at = found < 0 ? this.#html.length : found + end.length;
  }
}

/** Where a comment ends. It may be as short as `<!-->`. */
function commentEnd(html: string, start: number): number {
  if (html.startsWith('>', start + 4)) return start + 5;
  const end = /--!?>/g;
  // Its first two dashes can be part of the end: `<!--->`.
  end.lastIndex = html.startsWith('->', start + 4) ? start + 3 : start + 4;
  return end.exec(html) ? end.lastIndex : html.length;
}

/** Where the end tag of an element ends whose content is text. */
function rawEnd(html: string, { name, end: start }: Tag): number {
  const close = name === 'script' ? scriptEnd(html, start) : nextClose(html, name, start);
  return close === undefined ? html.length : (readTag(html, close + 2)?.end ?? html.length);
}

function nextClose(html: string, name: string, start: number): number | undefined {
  const close = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi');
  close.lastIndex = start;
  return close.exec(html)?.index;
}

/** In a script, `<!--` and then `<script` hide the next end tag. */
function scriptEnd(html: string, start: number): number | undefined {
  const mark = /<!--|-->|<(\/?)script(?=[\t\n\f\r />])/gi;
  mark.lastIndex = start;
  let hides: 'nothing' | 'comment' | 'script' = 'nothing';
  for (let found = mark.exec(html); found; found = mark.exec(html)) {
    const [text, slash] = found;
    if (text === '-->') hides = 'nothing';
    else if (text === '<!--') {
      if (hides === 'nothing') hides = 'comment';
      // Its dashes can be those of the end: `<!-->`.
      mark.lastIndex -= 2;
    } else if (slash && hides !== 'script') return found.index;
    else if (slash) hides = 'comment';
    else if (hides === 'comment') hides = 'script';
  }
  return undefined;
}
