import { onAbort, orAbort } from '../abort.ts';
import { invalidCall } from '../check.ts';
import { startTimer } from '../start-timer.ts';
import { hasNoGlobal, hasThrown, notLoaded, notTrusted, timedOut } from './load-failure.ts';
import {
  checkLoadOptions,
  type LoadWidgetOptions,
  readLoadOptions,
  type WantedScript,
  type WantedWidget,
} from './load-options.ts';
import { globalNames, type LoadedWidget, readGlobal, waitForGlobal } from './loaded-widget.ts';
import { addScript, discard, findScript, type ScriptOnPage } from './script-on-page.ts';
import type { ScriptOutcome } from './script-outcome.ts';

interface RunScript {
  readonly script: WantedScript;
  readonly onPage: ScriptOnPage;
}

/** Why a wait ended, if not by the page's signal. */
const TIMED_OUT = Symbol('timed out');

/** How long the global may still come after the last script has thrown, in ms. */
const AFTER_ERROR = 3_000;

/**
 * Puts the vendor's script on the page, and resolves with the widget. The script is added once, however often this is called, also
 * by another copy of the package, and not at all if the page has it already. If the widget is there, the promise resolves at once.
 * After a failure, call it again to try again: scripts that have run do not run again.
 *
 * @returns The widget: the global object that the script creates.
 * @throws (rejects) `LOAD_FAILED`, whose `reason` says what happened: `blocked` by the page's policy, `failed` to load, `threw`
 *   while running, `no-global`, or `timeout`. `INVALID_OPTIONS`. `INVALID_CALL` where there is no page, as on a server, and for a
 *   script that is on the page with another `integrity`. The reason of `signal`.
 * @example
 * ```ts
 * import { loadWidget, type WidgetBridge } from 'bankside';
 * import 'bankside/personetics';
 *
 * declare const bridge: WidgetBridge;
 * const widget = await loadWidget({ src: '/vendor/personetics.js' });
 * bridge.attach(widget);
 * widget.startWidget({ pDelegate: bridge.delegate, el: '#insights', widgetType: 'teaser-widget' });
 * ```
 */
export async function loadWidget<T = LoadedWidget>(options: LoadWidgetOptions): Promise<T> {
  checkLoadOptions(options);
  if (!globalThis.document) {
    throw invalidCall('loadWidget', 'a page', 'no document: call it in the browser only');
  }
  const wanted = readLoadOptions(options);
  const wait = new AbortController();
  const timer = startTimer(() => wait.abort(TIMED_OUT), wanted.timeout);
  const removeListener = onAbort(wanted.signal, () => wait.abort(wanted.signal?.reason));
  try {
    if (wait.signal.aborted) throw wait.signal.reason;
    return (await load(wanted, wait.signal)) as T;
  } finally {
    clearTimeout(timer);
    removeListener();
    wait.abort();
  }
}

async function load(wanted: WantedWidget, signal: AbortSignal): Promise<unknown> {
  const known = wanted.scripts.map((script) => findScript(script));
  const widget = readGlobal(wanted.global);
  for (const script of known) {
    if (script && !script.waiting && hasToRunAgain(script, wanted, widget)) discard(script);
  }
  if (widget !== undefined && isComplete(wanted)) return widget;

  const loaded = runAll(wanted, signal);
  if (wanted.scripts.length > 1) return loaded;
  // A script of the page may have run without a trace. One that is not the last of a list says nothing of the others.
  return Promise.race([loaded, widgetOf(wanted, signal)]);
}

function hasToRunAgain(script: ScriptOnPage, wanted: WantedWidget, widget: unknown): boolean {
  return widget === undefined ? script.wasInVain : isBroken(script.ended, wanted);
}

/** While the scripts of a list run, the global may be there before the last of them has run. */
function isComplete({ scripts }: WantedWidget): boolean {
  const onPage = scripts.map((script) => findScript(script));
  return (
    scripts.length === 1 ||
    onPage.every((script) => !script) ||
    onPage.every((script) => script?.ended?.result === 'ran' || script?.ended?.result === 'threw')
  );
}

/** The parts of a build that come after the global add its views. One of them that throws has left the widget without them. */
function isBroken(outcome: ScriptOutcome | undefined, { scripts, global }: WantedWidget): boolean {
  return scripts.length > 1 && outcome?.result === 'threw' && outcome.globals.has(global);
}

/** The global as soon as it is there. Never settles if the wait ends first. */
async function widgetOf({ global }: WantedWidget, signal: AbortSignal): Promise<unknown> {
  return (await waitForGlobal(global, signal)) ?? new Promise(() => {});
}

/** One after the other: if a script is not loaded, those after it must not run. */
async function runAll(wanted: WantedWidget, signal: AbortSignal): Promise<unknown> {
  const before = globalNames();
  const joined: RunScript[] = [];
  try {
    for (const script of wanted.scripts) {
      const onPage = findScript(script) ?? addScript(script);
      if (!onPage) throw notTrusted(wanted, script);
      onPage.waiting += 1;
      joined.push({ script, onPage });
      await run(wanted, script, onPage, signal);
    }
    return await waitForWidget(wanted, joined, before, signal);
  } finally {
    for (const { onPage } of joined) onPage.waiting -= 1;
  }
}

/** Waits until a script has run. */
async function run(
  wanted: WantedWidget,
  script: WantedScript,
  onPage: ScriptOnPage,
  signal: AbortSignal,
): Promise<void> {
  try {
    const outcome = await orAbort(onPage.watch.outcome, signal);
    if (outcome.result === 'blocked' || outcome.result === 'failed') {
      throw notLoaded(wanted, script, outcome);
    }
    if (isBroken(outcome, wanted)) {
      if (onPage.waiting === 1) discard(onPage);
      throw hasThrown(wanted, script, true, []);
    }
  } catch (error) {
    if (error !== TIMED_OUT) throw error;
    // Others may have more time. A script of the page may still come: a second one would replace its widget.
    if (onPage.isAdded && onPage.waiting === 1) discard(onPage);
    throw timedOut(wanted, script, onPage.isAdded);
  }
}

/** All scripts have run. Some load others, which create the global. */
async function waitForWidget(
  wanted: WantedWidget,
  ran: readonly RunScript[],
  before: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<unknown> {
  const thrown = ran.find(({ onPage }) => onPage.ended?.result === 'threw');
  const [last] = ran.slice(-1) as [RunScript];
  const widget = await waitForGlobal(
    wanted.global,
    signal,
    last.onPage.ended?.result === 'threw' ? AFTER_ERROR : Infinity,
  );
  if (widget !== undefined) return widget;
  if (signal.aborted && signal.reason !== TIMED_OUT) throw signal.reason;
  for (const { onPage } of ran.slice(ran.indexOf(thrown ?? last))) {
    onPage.wasInVain ||= onPage.waiting === 1;
  }
  const unknown = ran.filter(({ onPage }) => onPage.ended?.result === 'unknown');
  const scripts = unknown.map(({ script }) => script);
  throw thrown
    ? hasThrown(wanted, thrown.script, false, scripts)
    : hasNoGlobal(wanted, last.script, before, scripts);
}
