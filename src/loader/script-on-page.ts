import { invalidCall } from '../check.ts';
import type { WantedScript } from './load-options.ts';
import { type ScriptOutcome, watchNewScript, watchPagesScript } from './script-outcome.ts';

/**
 * What is known of a script on the page. It is kept on its element, so that two frameworks, or two copies of this package, share
 * it.
 */
export interface ScriptOnPage {
  readonly element: HTMLScriptElement;
  readonly href: string;
  /** Whether a loader has added it. If not, it is of the page's HTML, or of other code. */
  readonly isAdded: boolean;
  readonly outcome: Promise<ScriptOutcome>;
  /** How many callers wait for it. */
  waiting: number;
  /** It has failed: the next call adds another one. */
  isDiscarded: boolean;
}

const key = Symbol.for('bankside.script');

type KnownScript = HTMLScriptElement & { [key]?: ScriptOnPage };

/** The types of scripts that browsers run. Tools that ask for consent set another one, to stop a script. */
const RUNNABLE = /^(module|(text|application)\/(x-)?(java|ecma)script(;.*)?)?$/i;

/**
 * The script of this address, if it is on the page.
 *
 * @throws INVALID_CALL if it has another digest.
 */
export function findScript(wanted: WantedScript): ScriptOnPage | undefined {
  for (const element of [...document.scripts] as KnownScript[]) {
    const known = element[key];
    const isWanted = known
      ? known.href === wanted.href && !known.isDiscarded
      : isOfPage(element, wanted.href);
    if (!isWanted) continue;
    checkDigest(element, wanted);
    return known ?? remember(element, wanted.href, false);
  }
  return undefined;
}

/**
 * Adds a script to the page. It runs as soon as it is there: in the browser's queue of scripts that keep their order, one that hangs
 * would stop the next try. Returns `undefined` if the browser requires a `TrustedScriptURL`, and has got a string.
 */
export function addScript({ href, given, integrity, nonce }: WantedScript): ScriptOnPage | undefined {
  const element = document.createElement('script');
  if (nonce !== undefined) element.nonce = nonce;
  if (integrity !== undefined) {
    element.crossOrigin = 'anonymous';
    element.integrity = integrity;
  }
  try {
    element.src = given as string;
  } catch {
    return undefined;
  }
  const script = remember(element, href, true);
  // A script may run before there is a `head`.
  (document.head ?? document.documentElement).append(element);
  return script;
}

/** Gives a script up, so that the next call adds another one. */
export function discard(script: ScriptOnPage): void {
  script.isDiscarded = true;
  if (!script.isAdded) return;
  // In another document it never runs, even if it arrives late: it would replace the widget of the next try.
  document.implementation.createHTMLDocument('').adoptNode(script.element);
}

function remember(element: KnownScript, href: string, isAdded: boolean): ScriptOnPage {
  const outcome = isAdded ? watchNewScript(element, href) : watchPagesScript(element, href);
  const script = { element, href, isAdded, outcome, waiting: 0, isDiscarded: false };
  Object.defineProperty(element, key, { value: script });
  return script;
}

function isOfPage({ src, type, noModule }: HTMLScriptElement, href: string): boolean {
  return src.replace(/#.*/, '') === href && RUNNABLE.test(type) && !noModule;
}

/** The browser checks the digest of the script that is there, not the one that this call names. */
function checkDigest(element: HTMLScriptElement, { integrity, shown }: WantedScript): void {
  if (integrity === undefined || element.integrity === integrity) return;
  const expected = `the integrity of the <script> for ${shown} that is on the page`;
  throw invalidCall(
    'loadWidget',
    expected,
    element.integrity ? 'another one' : 'one, while that script has none',
  );
}
