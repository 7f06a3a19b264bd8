import { attempt } from '../../check.ts';
import type { Check, Diagnosis, Subject } from '../../doctor/examine.ts';
import { type Finding, finding } from '../../doctor/finding.ts';
import { insecureOrigin } from '../../http/endpoint.ts';

const PAGE = 'the page itself';

/** What a page can see of itself. `failed`: the findings about its servers. */
export function checkPage(subjects: readonly Subject[], failed: readonly Finding[]): Diagnosis {
  const found = [...addressFindings(), ...originFindings(failed), ...trustedTypesFindings(subjects)];
  const checkOf = (name: string, id: Finding['id']): Check => {
    const isFound = found.some((one) => one.id === id) || failed.some((one) => one.id === id);
    return { subject: 'page', name, result: isFound ? 'found' : 'fine' };
  };
  const isWithWidget = subjects.some(({ name }) => name !== 'linxo');
  return {
    findings: found,
    checks: [
      checkOf('the address of the page', 'insecure-page'),
      checkOf('the policy allows the addresses (connect-src)', 'connect-src'),
      checkOf('the origin of the page', 'page-sandboxed'),
      ...(isWithWidget ? [checkOf('the policy for trusted types', 'trusted-types')] : []),
      ...unseenChecks(subjects),
    ],
  };
}

function addressFindings(): readonly Finding[] {
  const address = attempt(() => new URL(location.href));
  if (!address || insecureOrigin(address) === undefined) return [];
  const seen = 'The page came over plain HTTP, and not from this machine.';
  return [finding({ id: 'insecure-page', subject: 'page', request: PAGE, seen })];
}

/** Without an origin, a gateway that allows `*` works, and one with a list of origins does not. */
function originFindings(failed: readonly Finding[]): readonly Finding[] {
  const isRefused = failed.some(({ id }) => id.startsWith('preflight-') || id.endsWith('answer-origin'));
  if (globalThis.origin !== 'null' || !isRefused) return [];
  const seen = 'The origin of this page is null: it is in a sandboxed frame, or it came from a file.';
  return [finding({ id: 'page-sandboxed', subject: 'page', request: PAGE, seen })];
}

function trustedTypesFindings(subjects: readonly Subject[]): readonly Finding[] {
  const isWithWidget = subjects.some(({ name }) => name !== 'linxo');
  if (!isWithWidget || !refusesStrings()) return [];
  const seen =
    'The policy of this page requires trusted types, and the page has made no policy named default so far.';
  return [finding({ id: 'trusted-types', subject: 'page', request: PAGE, seen })];
}

/** Whether the page refuses what the widget's jQuery does. The script is never put on the page. */
function refusesStrings(): boolean {
  const { trustedTypes } = globalThis as { trustedTypes?: { readonly defaultPolicy?: unknown } };
  if (!trustedTypes || trustedTypes.defaultPolicy) return false;
  try {
    document.createElement('script').text = '';
    return false;
  } catch {
    return true;
  }
}

/** What no page can see, for the user to know that it was not checked. */
function unseenChecks(subjects: readonly Subject[]): readonly Check[] {
  const reason = 'a page cannot see it: run npx bankside doctor';
  const isOther = ({ url }: Subject): boolean => url.origin !== globalThis.origin;
  const ofServers = subjects.filter(isOther).map(
    ({ name }): Check => ({
      subject: name,
      name: 'lifetime of preflights, Vary, which other origins are allowed, HTTP version, compression',
      result: 'skipped',
      reason,
    }),
  );
  return [
    ...ofServers,
    { subject: 'page', name: 'whether other sites can show the page in a frame', result: 'skipped', reason },
  ];
}
