import { attempt } from '../../check.ts';
import { type Fault, findingsOf } from '../../doctor/fault.ts';
import type { Finding } from '../../doctor/finding.ts';
import { navigationHeaders } from './browser-headers.ts';
import { connectionFault } from './connection-fault.ts';
import { ACCEPT_ENCODING, decodeBody } from './decode-body.ts';
import { exchangeRaw } from './exchange-raw.ts';
import type { Quote } from './quote.ts';
import { joinedValue, type RawAnswer, valuesOf } from './raw-answer.ts';
import { isRedirect, redirectFault } from './redirect.ts';
import { unreadReason } from './unread-answer.ts';

/** A page as a browser gets it. */
export interface FetchedPage {
  /** Where it was, after all redirects. */
  readonly url: URL;
  readonly status: number;
  /** All values of a header, in their order. */
  values(name: string): readonly string[];
  /** The first 2 MB. */
  readonly html: string;
}

export interface FetchPageOptions {
  /** In ms, for each request. @default 10_000 */
  readonly timeout?: number | undefined;
  readonly ca?: string | undefined;
  readonly quote: Quote;
  readonly signal: AbortSignal;
}

/** The page, or why there is none. */
export interface PageFetch {
  readonly page: FetchedPage | undefined;
  readonly findings: readonly Finding[];
  /** Why it is not known what came. */
  readonly unread?: string | undefined;
}

const MOST_REDIRECTS = 5;
/** In bytes. */
const LONGEST_PAGE = 2_000_000;

/** Reads a page, without a token or a cookie. Follows redirects. Never rejects but with the reason of the signal. */
export async function fetchPage(address: URL, options: FetchPageOptions): Promise<PageFetch> {
  const { timeout = 10_000, ca, quote, signal } = options;
  const name = `GET ${address.pathname}, the page`;
  const failed = (fault: Fault): PageFetch => ({
    page: undefined,
    findings: findingsOf([fault], { subject: 'page', name }),
  });
  let url = address;
  for (let count = 0; count <= MOST_REDIRECTS; count += 1) {
    const headers = { ...navigationHeaders(), 'Accept-Encoding': ACCEPT_ENCODING };
    let answer: RawAnswer;
    try {
      answer = await exchangeRaw(
        { method: 'GET', url, headers },
        { timeout, ca, signal, longestBody: LONGEST_PAGE },
      );
    } catch (error) {
      signal.throwIfAborted();
      const unread = unreadReason(error);
      if (unread !== undefined) return { page: undefined, findings: [], unread };
      return failed(connectionFault(error, { url, timeout, quote, hasCa: ca !== undefined }));
    }
    const next = isRedirect(answer.status) ? targetOf(answer, url) : undefined;
    if (!next && isRedirect(answer.status)) return failed(redirectFault(answer, url, quote));
    if (!next) return pageOf(answer, url, failed);
    url = next;
  }
  return failed({ id: 'redirect', seen: `It is redirected more than ${MOST_REDIRECTS} times.` });
}

/** Browsers follow a redirect to http and https alone. */
function targetOf({ headers }: RawAnswer, from: URL): URL | undefined {
  const location = joinedValue(headers, 'location');
  const to = location === undefined ? undefined : attempt(() => new URL(location, from));
  return to && /^https?:$/.test(to.protocol) ? to : undefined;
}

function pageOf(answer: RawAnswer, url: URL, failed: (fault: Fault) => PageFetch): PageFetch {
  // A browser shows what it has of a long page.
  const { text, isWhole, fault } = decodeBody({ ...answer, bodyEnd: bodyEndOf(answer) });
  // A page may be in another encoding than UTF-8: its markup is ASCII all the same.
  if (!isWhole && fault && !text) return failed(fault);
  const { status, headers } = answer;
  return {
    page: { url, status, values: (name) => valuesOf(headers, name.toLowerCase()), html: text },
    findings: [],
  };
}

function bodyEndOf({ body, bodyEnd }: RawAnswer): RawAnswer['bodyEnd'] {
  return body.length > LONGEST_PAGE ? 'whole' : bodyEnd;
}
