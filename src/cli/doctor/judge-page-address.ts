import { type Finding, finding } from '../../doctor/finding.ts';
import { FORM } from '../../doctor/quoted-value.ts';
import { insecureOrigin } from '../../http/endpoint.ts';
import type { Quote } from './quote.ts';

interface Expectation {
  /** In words, for findings. */
  readonly request: string;
  /** The origin of the page, as the user has given it. */
  readonly origin: string;
  /** The address of the page, as the user has given it. */
  readonly asked: URL;
  readonly quote: Quote;
}

/** Judges where a page is, after all redirects. */
export function judgePageAddress(
  url: URL,
  { request, origin, asked, quote }: Expectation,
): readonly Finding[] {
  const findings: Finding[] = [];
  const insecure = insecureOrigin(url);
  if (insecure) {
    const seen = `The page is at ${quote(insecure, FORM.origins)}, which is plain HTTP.`;
    findings.push(finding({ id: 'insecure-page', subject: 'page', request, seen }));
  }
  // A page without an origin is at some address, too, and that of an app is at none that others can read.
  if (/^https?:/.test(origin) && url.origin !== origin) {
    const leads = url.origin === asked.origin ? 'The page is at' : 'The address of the page leads to';
    const seen = `${leads} ${quote(url.origin, FORM.origins)}, and --origin is ${origin}.`;
    findings.push(finding({ id: 'page-moved', subject: 'page', request, seen }));
  }
  return findings;
}
