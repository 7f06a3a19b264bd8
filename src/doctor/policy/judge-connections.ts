import type { Finding } from '../finding.ts';
import { type CalledAddress, type CalledServer, calledAddresses } from './called-addresses.ts';
import type { Policy } from './policy.ts';
import { placeOf, policyFinding } from './policy-finding.ts';
import { refusedBy } from './refused-by.ts';
import type { SeenPage } from './seen-page.ts';
import { writtenConnectSrc } from './written-directive.ts';

/** A page has one or two policies. More findings than these would help nobody. */
const MOST_FINDINGS = 10;

/** The policies of a page that do not allow what it calls: one finding each, and one for policies that are alike. */
export function judgeConnections(page: SeenPage, servers: readonly CalledServer[]): readonly Finding[] {
  const addresses = calledAddresses(servers);
  const findings = new Map<string, Finding>();
  for (const policy of page.policies) {
    const found = judgePolicy(page, policy, addresses);
    if (found) findings.set(JSON.stringify([found.seen, found.header, found.advice]), found);
    if (findings.size === MOST_FINDINGS) break;
  }
  return [...findings.values()];
}

function judgePolicy(
  page: SeenPage,
  policy: Policy,
  addresses: readonly CalledAddress[],
): Finding | undefined {
  const refused = addresses.filter(({ url }) => refusedBy([policy], url, page.url).length > 0);
  const [refusal] = refused[0] ? refusedBy([policy], refused[0].url, page.url) : [];
  if (!refusal) return undefined;
  const { directive, sources } = refusal;
  const shown = [...new Set(refused.map((address) => address.shown))].join(', ');
  const instead = directive === 'default-src' ? ', and there is no connect-src' : '';
  return policyFinding(page, policy, {
    id: 'connect-src',
    seen: `The directive ${directive} in ${placeOf(policy)} does not allow ${shown}${instead}.`,
    directive: writtenConnectSrc(
      sources,
      refused.map(({ url }) => url.origin),
      page.url,
    ),
  });
}
