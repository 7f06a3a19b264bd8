import { startTimer } from '../start-timer.ts';

/** How the loading of one script has ended. */
export type ScriptOutcome =
  | { readonly result: 'loaded'; readonly threw: boolean }
  | { readonly result: 'blocked'; readonly directive: string }
  | {
      readonly result: 'failed';
      readonly status: number | undefined;
      readonly contentType: string | undefined;
    };

/** How long after the failure of a script its reason may come, in ms. Engines report it before or after. */
const REASON_WITHIN = 100;

/** A script that is added now. */
export function watchNewScript(element: HTMLScriptElement, href: string): Promise<ScriptOutcome> {
  let threw = false;
  let directive: string | undefined;
  const onError = (): void => {
    // The browser hides the address of a script from another origin, but an error comes while its script is the current one.
    if (document.currentScript === element) threw = true;
  };
  const onViolation = (violation: SecurityPolicyViolationEvent): void => {
    if (isAbout(violation, href)) directive ??= violation.effectiveDirective;
  };
  return new Promise((resolve) => {
    const end = (outcome: ScriptOutcome): void => {
      removeEventListener('error', onError, true);
      document.removeEventListener('securitypolicyviolation', onViolation);
      resolve(outcome);
    };
    addEventListener('error', onError, true);
    document.addEventListener('securitypolicyviolation', onViolation);
    element.addEventListener('load', () => end({ result: 'loaded', threw }), { once: true });
    element.addEventListener(
      'error',
      () => {
        startTimer(
          () => end(directive === undefined ? failure(href) : { result: 'blocked', directive }),
          REASON_WITHIN,
        );
      },
      { once: true },
    );
  });
}

/** A script that was on the page before. It may have run, or failed, without an event that can still be seen. */
export function watchPagesScript(element: HTMLScriptElement, href: string): Promise<ScriptOutcome> {
  return new Promise((resolve) => {
    const onEvent = ({ type }: Event): void => end(type === 'load' ? LOADED : failure(href));
    const onComplete = (): void => {
      const entry = timingOf(href);
      if (entry) end((entry.responseStatus ?? 0) < 400 ? LOADED : failure(href));
    };
    const end = (outcome: ScriptOutcome): void => {
      element.removeEventListener('load', onEvent);
      element.removeEventListener('error', onEvent);
      removeEventListener('load', onComplete);
      resolve(outcome);
    };
    element.addEventListener('load', onEvent);
    element.addEventListener('error', onEvent);
    if (document.readyState === 'complete') onComplete();
    else addEventListener('load', onComplete);
  });
}

const LOADED: ScriptOutcome = { result: 'loaded', threw: false };

function failure(href: string): ScriptOutcome {
  const { responseStatus, contentType } = timingOf(href) ?? {};
  return { result: 'failed', status: responseStatus || undefined, contentType: contentType || undefined };
}

/** The last fetch of an address. The status is hidden for another origin, and in some engines. */
function timingOf(href: string): { responseStatus?: number; contentType?: string } | undefined {
  return performance.getEntriesByName(href).at(-1) as PerformanceResourceTiming & { contentType?: string };
}

/** After a redirect, only the origin is reported. A policy that only reports has blocked nothing. */
function isAbout({ blockedURI, disposition }: SecurityPolicyViolationEvent, href: string): boolean {
  return disposition === 'enforce' && [href, new URL(href).origin].includes(blockedURI);
}
