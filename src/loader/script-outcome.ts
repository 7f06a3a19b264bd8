import { startTimer } from '../start-timer.ts';
import { globalNames } from './loaded-widget.ts';
import { isDue, scriptTiming } from './script-timing.ts';

/** How the loading of one script has ended. */
export type ScriptOutcome =
  | { readonly result: 'ran' }
  /** With the names of the globals at that moment. */
  | { readonly result: 'threw'; readonly globals: ReadonlySet<string> }
  /** It was on the page before: it has run, thrown or failed, and nothing says which. */
  | { readonly result: 'unknown' }
  | { readonly result: 'blocked'; readonly directive: string }
  | {
      readonly result: 'failed';
      readonly status: number | undefined;
      readonly contentType: string | undefined;
    };

/** A script that is being watched. */
export interface Watch {
  /** Stays pending if the watch is stopped before. */
  readonly outcome: Promise<ScriptOutcome>;
  stop(): void;
}

/** How long after the failure of a script its reason may come, in ms. Engines report it before or after. */
const REASON_WITHIN = 100;

/** How long a script of the page that should be over, but has left no trace, may still report its end, in ms. */
const TRACE_WITHIN = 2_000;

/** The directives that can block a script. */
const SCRIPT_DIRECTIVE = /^(script-src|default-src|require-)/;

type Listeners = readonly (readonly [
  target: EventTarget,
  type: string,
  // biome-ignore lint/suspicious/noExplicitAny: each type has another event
  listener: (event: any) => void,
])[];

/** A script that was just added. */
export function watchNewScript(element: HTMLScriptElement, href: string): Watch {
  return watch(element, href, performance.now(), () => []);
}

/** A script that was on the page before. It may have run, or failed, without an event that can still be seen. */
export function watchPagesScript(element: HTMLScriptElement, href: string): Watch {
  return watch(element, href, 0, (end) => {
    let isLoaded = false;
    const endWhenDue = (): void => {
      const hasTrace = scriptTiming(href) !== undefined;
      if (!isLoaded && !isDue(element, hasTrace)) return;
      startTimer(
        () => end(failureByStatus(href) ?? { result: 'unknown' }),
        hasTrace || isLoaded ? REASON_WITHIN : TRACE_WITHIN,
      );
    };
    const onLoaded = (): void => {
      isLoaded = true;
      endWhenDue();
    };
    endWhenDue();
    // What was on the page before its `load` event is over by then.
    return [
      [document, 'DOMContentLoaded', endWhenDue],
      [globalThis, 'load', onLoaded],
    ];
  });
}

/**
 * @param since Of earlier fetches, nothing is said.
 * @param listenFor Further events that may end it.
 */
function watch(
  element: HTMLScriptElement,
  href: string,
  since: number,
  listenFor: (end: (outcome: ScriptOutcome) => unknown) => Listeners,
): Watch {
  let globals: ReadonlySet<string> | undefined;
  let directive: string | undefined;
  let hasFailed = false;
  let stop = (): void => {};
  const outcome = new Promise<ScriptOutcome>((resolve) => {
    const end = (ended: ScriptOutcome): void => {
      stop();
      resolve(ended);
    };
    const onFailure = (): void => {
      hasFailed = true;
      startTimer(
        () => end(directive === undefined ? failure(href, since) : { result: 'blocked', directive }),
        REASON_WITHIN,
      );
    };
    const listeners: Listeners = [
      [element, 'load', () => end(globals ? { result: 'threw', globals } : { result: 'ran' })],
      [element, 'error', onFailure],
      [
        globalThis,
        'error',
        (event: ErrorEvent) => {
          if (isThrownBy(event, element, href)) globals = globalNames();
        },
      ],
      [
        document,
        'securitypolicyviolation',
        (violation: SecurityPolicyViolationEvent) => {
          if (!isAbout(violation, href)) return;
          directive ??= violation.effectiveDirective;
          onFailure();
        },
      ],
      // An event says more than that none came.
      ...listenFor((ended) => hasFailed || end(ended)),
    ];
    for (const [target, type, listener] of listeners) target.addEventListener(type, listener);
    stop = () => {
      for (const [target, type, listener] of listeners) target.removeEventListener(type, listener);
    };
  });
  return { outcome, stop: () => stop() };
}

function failure(href: string, since: number): ScriptOutcome {
  const { responseStatus, contentType } = scriptTiming(href, since) ?? {};
  return { result: 'failed', status: responseStatus || undefined, contentType: contentType || undefined };
}

function failureByStatus(href: string): ScriptOutcome | undefined {
  return (scriptTiming(href)?.responseStatus ?? 0) < 400 ? undefined : failure(href, 0);
}

/**
 * A listener of the page that the script calls may throw, too: that has another file name. The browser hides the name of a script
 * from another origin, but such an error comes while the script is the current one.
 */
function isThrownBy({ filename }: ErrorEvent, element: HTMLScriptElement, href: string): boolean {
  return filename ? filename === href : document.currentScript === element;
}

/** After a redirect, only the origin is reported. A policy that only reports has blocked nothing. */
function isAbout(
  { blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent,
  href: string,
): boolean {
  return (
    disposition === 'enforce' &&
    SCRIPT_DIRECTIVE.test(effectiveDirective) &&
    [href, new URL(href).origin].includes(blockedURI)
  );
}
