import { readPolicies } from '../../doctor/policy/policy.ts';
import { type Refusal, refusedBy } from '../../doctor/policy/refused-by.ts';
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

  /** The violation by which an address was refused. */
  violationOf(url: URL): SecurityPolicyViolationEvent | undefined {
    return this.#violationsAt(url).find((violation) => refusalIn(violation, url));
  }

  /** Whether an allowed address redirects to one that is refused: the event then names the first. */
  hasRefusedRedirect(url: URL): boolean {
    return this.#violationsAt(url).length > 0 && !this.violationOf(url);
  }

  /** Some engines report the origin alone. */
  #violationsAt({ href, origin }: URL): readonly SecurityPolicyViolationEvent[] {
    const names = [href, origin, `${origin}/`];
    return this.#violations.filter(({ blockedURI }) => names.includes(blockedURI));
  }

  stop(): void {
    document.removeEventListener('securitypolicyviolation', this.#onViolation);
  }
}

/** The directive that would allow an address, beside what the violated policy allows. `undefined` if it cannot be written. */
export function directiveFor(url: URL, violation: SecurityPolicyViolationEvent): string | undefined {
  const refusal = refusalIn(violation, url);
  return refusal && writtenConnectSrc(refusal.sources, [url.origin], new URL(location.href));
}

/** How the violated policy refuses this address. */
function refusalIn({ originalPolicy }: SecurityPolicyViolationEvent, url: URL): Refusal | undefined {
  return refusedBy(readPolicies([originalPolicy], 'header'), url, new URL(location.href))[0];
}
