import { invalidCall } from '../check.ts';
import type { WantedScript } from './load-options.ts';
import { type ScriptOutcome, type Watch, watchNewScript, watchPagesScript } from './script-outcome.ts';

/** What is known of a script on the page. */
export interface ScriptOnPage {
  readonly element: HTMLScriptElement;
  readonly href: string;
  readonly integrity: string | undefined;
  /** Whether a loader has added it. If not, it is of the page's HTML, or of other code. */
  readonly isAdded: boolean;
  readonly watch: Watch;
  /** The outcome, once it is known. */
  ended: ScriptOutcome | undefined;
  /** How many callers wait for it, or for the global that it should create. */
  waiting: number;
  /** Its global never came: the next call runs it again, if the global is still missing. */
  wasInVain: boolean;
  /** Whether it was in the document when it had run: some scripts remove their element. */
  wasKept: boolean;
}

/**
 * What two frameworks, or two copies of this package, share. It is kept on the document by address: a script may remove its own
 * element.
 */
interface Shared {
  readonly scripts: Map<string, ScriptOnPage>;
  /** Elements that count no longer, such as those that have failed. */
  readonly discarded: WeakSet<HTMLScriptElement>;
}

const key = Symbol.for('bankside.scripts');

/** The types of scripts that browsers run. Tools that ask for consent set another one, to stop a script. */
const RUNNABLE = /^(module|(text|application)\/(x-)?(java|ecma)script(;.*)?)?$/i;

/**
 * The script of this address, if it is on the page.
 *
 * @throws INVALID_CALL if it has another digest.
 */
export function findScript(wanted: WantedScript): ScriptOnPage | undefined {
  const script = knownScript(wanted.href) ?? pagesScript(wanted.href);
  if (script) checkDigest(script, wanted);
  return script;
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
  const script = remember(element, href, integrity, true);
  // A script may run before there is a `head`.
  (document.head ?? document.documentElement).append(element);
  return script;
}

/** Gives a script up, so that the next call adds another one. */
export function discard(script: ScriptOnPage): void {
  const { element, href, isAdded, watch } = script;
  const { scripts, discarded } = shared();
  watch.stop();
  discarded.add(element);
  if (scripts.get(href) === script) scripts.delete(href);
  // In another document it never runs, even if it arrives late: it would replace the widget of the next try.
  if (isAdded) document.implementation.createHTMLDocument('').adoptNode(element);
}

function knownScript(href: string): ScriptOnPage | undefined {
  const script = shared().scripts.get(href);
  if (!script || !isRemoved(script)) return script;
  discard(script);
  return undefined;
}

/** Whether the page has removed it, to start over. A script that is removed before it has run runs all the same. */
function isRemoved({ element, isAdded, ended, wasKept }: ScriptOnPage): boolean {
  if (element.isConnected) return false;
  return isAdded ? ended !== undefined && wasKept : true;
}

function pagesScript(href: string): ScriptOnPage | undefined {
  const { discarded } = shared();
  const element = [...document.scripts].find((one) => isOfPage(one, href) && !discarded.has(one));
  return element && remember(element, href, element.integrity || undefined, false);
}

function remember(
  element: HTMLScriptElement,
  href: string,
  integrity: string | undefined,
  isAdded: boolean,
): ScriptOnPage {
  const script: ScriptOnPage = {
    element,
    href,
    integrity,
    isAdded,
    watch: isAdded ? watchNewScript(element, href) : watchPagesScript(element, href),
    ended: undefined,
    waiting: 0,
    wasInVain: false,
    wasKept: false,
  };
  shared().scripts.set(href, script);
  script.watch.outcome.then((outcome) => {
    script.ended = outcome;
    script.wasKept = element.isConnected;
    // Here, and not in a call that waits for it: there may be none.
    if (outcome.result === 'failed' || outcome.result === 'blocked') discard(script);
  });
  return script;
}

function shared(): Shared {
  const page = document as Document & { [key]?: Shared };
  if (!page[key]) {
    const value: Shared = { scripts: new Map(), discarded: new WeakSet() };
    Object.defineProperty(page, key, { value });
  }
  return page[key] as Shared;
}

function isOfPage({ src, type, noModule }: HTMLScriptElement, href: string): boolean {
  return src.replace(/#.*/, '') === href && RUNNABLE.test(type) && !noModule;
}

/** The browser checks the digest of the script that is there, not the one that this call names. */
function checkDigest({ integrity: present }: ScriptOnPage, { integrity, shown }: WantedScript): void {
  if (integrity === undefined || present === integrity) return;
  const expected = `the integrity of the <script> for ${shown} that is on the page`;
  throw invalidCall('loadWidget', expected, present ? 'another one' : 'one, while that script has none');
}
