import { Buffer } from 'node:buffer';
import type { Check, Diagnosis } from '../../doctor/diagnosis.ts';
import type { Finding, FindingId } from '../../doctor/finding.ts';
import type { CalledServer } from '../../doctor/policy/called-addresses.ts';
import { judgePage } from '../../doctor/policy/judge-page.ts';
import { metaPolicies } from '../../doctor/policy/meta-policies.ts';
import { readPolicies } from '../../doctor/policy/policy.ts';
import { FORM } from '../../doctor/quoted-value.ts';
import { type FetchedPage, fetchPage } from './fetch-page.ts';
import { judgePageAddress } from './judge-page-address.ts';
import type { Quote } from './quote.ts';

export interface ExaminePageOptions {
  /** The origin of the page, as the user has given it. */
  readonly origin: string;
  /** The address of the page. */
  readonly url: URL;
  /** The servers that it calls. */
  readonly targets: readonly CalledServer[];
  /** In ms, for each request. */
  readonly timeout: number;
  readonly ca: string | undefined;
  readonly quote: Quote;
  readonly signal: AbortSignal;
  readonly onCheck?: ((check: Check) => void) | undefined;
}

/** Gets a page without a token, and judges what its policies allow. Never rejects but with the reason of the signal. */
export async function examinePage(options: ExaminePageOptions): Promise<Diagnosis> {
  const { url, timeout, ca, quote, signal, onCheck } = options;
  const { page, findings, unread } = await fetchPage(url, { timeout, ca, quote, signal });
  const diagnosis = page ? judge(page, options) : unread ? skipped(unread) : withoutPage(findings);
  for (const check of diagnosis.checks) onCheck?.(check);
  return diagnosis;
}

const NAME = 'the address of the page';

/** A browser, which has cookies and a session, would get the page all the same. */
const MAY_WORK: readonly FindingId[] = ['redirect', 'body-cut', 'body-encoding', 'endless-answer'];

function withoutPage(findings: readonly Finding[]): Diagnosis {
  const [first] = findings;
  if (first && MAY_WORK.includes(first.id)) return skipped(`the page was not read. ${first.seen}`);
  return { findings: findings.map(ofPage), checks: [{ subject: 'page', name: NAME, result: 'found' }] };
}

/** What the catalogue says of a connection is about the requests of a page, and not about the page. */
function ofPage(found: Finding): Finding {
  const effect =
    'The page could not be read, so its policies are not checked. Browsers may not show it either.';
  return { ...found, effect };
}

function skipped(reason: string): Diagnosis {
  return { findings: [], checks: [{ subject: 'page', name: NAME, result: 'skipped', reason }] };
}

function judge(page: FetchedPage, options: ExaminePageOptions): Diagnosis {
  const reason = whyAnother(page, options);
  if (reason) return skipped(reason);
  const request = `GET ${options.url.pathname}, the page`;
  const found = judgePageAddress(page.url, {
    request,
    origin: options.origin,
    asked: options.url,
    quote: options.quote,
  });
  const { policies, doubt } = policiesOf(page);
  const frameOptions = page.values('x-frame-options');
  const { origin, targets: servers } = options;
  const { findings, checks } = judgePage(
    { url: page.url, request, policies, doubt, frameOptions },
    { origin, servers },
  );
  const address: Check = { subject: 'page', name: NAME, result: found.length > 0 ? 'found' : 'fine' };
  return { findings: [...found, ...findings], checks: [address, ...checks] };
}

/** With 204 and 205, a browser stays where it is. */
const SHOWN = /^2(?!0[45])/;

/**
 * Why what came may not be the page. A page that asks users to sign in sends this command to another page, whose policy says nothing of
 * it.
 */
function whyAnother(
  { url, status, values }: FetchedPage,
  { url: asked, quote }: ExaminePageOptions,
): string | undefined {
  if (withoutSlash(url) !== withoutSlash(asked)) {
    const place =
      url.origin === asked.origin
        ? 'to another page'
        : `to another page, at ${quote(url.origin, FORM.origins)}`;
    return `the address leads ${place}, perhaps to sign in: give the address of a page with the same policy that needs no session`;
  }
  if (!SHOWN.test(`${status}`)) return `it was answered with the status ${status}`;
  const [type = 'text/html'] = values('content-type');
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type) ? undefined : 'what came is not HTML';
}

function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

/** In bytes: as much as is read of a page. */
const LONGEST_PAGE = 2_000_000;

function policiesOf({
  values,
  html,
}: FetchedPage): Pick<Parameters<typeof judgePage>[0], 'policies' | 'doubt'> {
  const ofHeaders = readPolicies(values('content-security-policy'), 'header');
  const [type = ''] = values('content-type');
  if (/xhtml/i.test(type))
    return { policies: ofHeaders, doubt: 'the page is XHTML, whose elements are not read' };
  const { policies, doubt } = metaPolicies(html, Buffer.byteLength(html) <= LONGEST_PAGE);
  return { policies: [...ofHeaders, ...policies], doubt };
}
