import type { Check, Diagnosis } from '../diagnosis.ts';
import { type Finding, finding } from '../finding.ts';
import type { CalledServer } from './called-addresses.ts';
import { isFramedByAny } from './framing.ts';
import { judgeConnections } from './judge-connections.ts';
import { placeOf, policyFinding } from './policy-finding.ts';
import { sandboxOf } from './sandbox.ts';
import type { SeenPage } from './seen-page.ts';
import { namesWithoutDefault, requiresTrustedTypes } from './trusted-types.ts';
import { writtenTrustedTypes } from './written-directive.ts';

/** What a page is for. */
export interface PageUse {
  /** Its origin, as the user has given it: `null` where the user knows that the page has none. */
  readonly origin: string;
  /** The servers that it calls. */
  readonly servers: readonly CalledServer[];
}

/** The outcome of one check. */
interface Judgement {
  readonly name: string;
  readonly findings?: readonly Finding[];
  /** Why nothing can be said where nothing was found. */
  readonly reason?: string | undefined;
}

/** Judges what the policies of a page mean for bankside and for the widget. */
export function judgePage(page: SeenPage, use: PageUse): Diagnosis {
  const judgements = [connections(page, use), trustedTypes(page, use), sandbox(page, use), framing(page)];
  const findings: Finding[] = [];
  for (const judgement of judgements) findings.push(...(judgement.findings ?? []));
  return { findings, checks: judgements.map(checkOf) };
}

function checkOf({ name, findings = [], reason }: Judgement): Check {
  if (findings.length > 0) return { subject: 'page', name, result: 'found' };
  return reason === undefined
    ? { subject: 'page', name, result: 'fine' }
    : { subject: 'page', name, result: 'skipped', reason };
}

function connections(page: SeenPage, { servers }: PageUse): Judgement {
  const name = 'the servers in the content security policy';
  if (servers.length === 0) return { name, reason: 'no address was given that the page calls' };
  return { name, findings: judgeConnections(page, servers), reason: page.doubt };
}

/** Only the widget needs the policy named `default`. */
function trustedTypes(page: SeenPage, { servers }: PageUse): Judgement {
  const name = 'Trusted Types';
  const hasWidget = servers.length === 0 || servers.some((server) => server.name !== 'linxo');
  if (!hasWidget) return { name, reason: 'no server of the widget was given' };
  if (!requiresTrustedTypes(page.policies)) return { name, reason: page.doubt };
  const findings: Finding[] = [];
  for (const policy of page.policies) {
    const names = namesWithoutDefault(policy);
    if (!names) continue;
    const seen = `Trusted Types are required, and the directive trusted-types in ${placeOf(policy)} does not allow the policy named default.`;
    findings.push(
      policyFinding(page, policy, { id: 'trusted-types', seen, directive: writtenTrustedTypes(names) }),
    );
  }
  const duty = 'the page must create the policy named default before it loads the widget';
  return { name: `${name}: ${duty}`, findings, reason: page.doubt };
}

function sandbox({ policies, request }: SeenPage, { origin }: PageUse): Judgement {
  const name = 'the sandbox of the page';
  const { allowsScripts, allowsOrigin } = sandboxOf(policies);
  const missing: string[] = [];
  if (!allowsScripts) missing.push('allow-scripts');
  if (!allowsOrigin && origin !== 'null') missing.push('allow-same-origin');
  if (missing.length === 0) return { name };
  const seen = `The directive sandbox in the header Content-Security-Policy does not have ${missing.join(' and ')}.`;
  return { name, findings: [finding({ id: 'page-sandboxed', subject: 'page', request, seen })] };
}

function framing({ policies, frameOptions, url, request }: SeenPage): Judgement {
  const name = 'frames of other websites';
  if (!isFramedByAny(policies, frameOptions, url)) return { name };
  const hasRule = policies.some(({ directives }) => directives.has('frame-ancestors'));
  const seen = hasRule
    ? 'The directive frame-ancestors in the header Content-Security-Policy lets in every website.'
    : frameOptions.length > 0
      ? 'There is no directive frame-ancestors, and browsers ignore what X-Frame-Options says.'
      : 'There is neither a directive frame-ancestors nor a header X-Frame-Options.';
  return { name, findings: [finding({ id: 'page-framing', subject: 'page', request, seen })] };
}
