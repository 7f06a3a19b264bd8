import { attempt } from '../../check.ts';
import { readPolicies } from '../../doctor/policy/policy.ts';
import { refusedBy } from '../../doctor/policy/refused-by.ts';
import { writtenConnectSrc } from '../../doctor/policy/written-directive.ts';

/** Collects what the page's policy refuses to `fetch`, while a diagnosis runs. */
export class PolicyWatch {
  readonly #violations: SecurityPolicyViolationEvent[] = [];
  readonly #onViolation = (event: SecurityPolicyViolationEvent): void => {
    // A policy that only reports refuses nothing.
    if (event.effectiveDirective === 'connect-src' && event.disposition !== 'report')
      this.#violations.push(event);
  };

  constructor() {
    document.addEventListener('securitypolicyviolation', this.#onViolation);
  }

  /** The violation by which an address was refused. Some engines report the origin alone. */
  violationOf({ href, origin }: URL): SecurityPolicyViolationEvent | undefined {
    const names = [href, origin, `${origin}/`];
    return this.#violations.find(({ blockedURI }) => names.includes(blockedURI));
  }

  stop(): void {
    document.removeEventListener('securitypolicyviolation', this.#onViolation);
  }
}

/** The directive that would allow an address, beside what the violated policy allows. `undefined` if it cannot be written. */
export function directiveFor(url: URL, { originalPolicy }: SecurityPolicyViolationEvent): string | undefined {
  const page = attempt(() => new URL(location.href));
  const [refusal] = (page && refusedBy(readPolicies([originalPolicy], 'header'), url, page)) ?? [];
  return page && refusal && writtenConnectSrc(refusal.sources, [url.origin], page);
}
