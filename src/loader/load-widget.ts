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

/** Why a wait ended, if not by the page's signal. */
const TIMED_OUT = Symbol('timed out');

interface RunScript {
  readonly script: WantedScript;
  readonly onPage: ScriptOnPage;
  readonly threw: boolean;
}

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
  }
}

/** One after the other: if a script fails, those after it must not run. */
async function load(wanted: WantedWidget, signal: AbortSignal): Promise<unknown> {
  const before = globalNames();
  const widget = readGlobal(wanted.global);
  // While a loader adds the scripts of a list, the global may be there before the last of them has run.
  if (widget !== undefined && !wanted.scripts.some((script) => findScript(script)?.isAdded)) return widget;

  const ran: RunScript[] = [];
  for (const script of wanted.scripts) {
    const onPage = findScript(script) ?? addScript(script);
    if (!onPage) throw notTrusted(wanted, script);
    ran.push({ script, onPage, threw: await run(wanted, script, onPage, signal) });
  }
  return waitForWidget(wanted, ran, before, signal);
}

/** Waits until a script has run. Resolves with whether it threw. */
async function run(
  wanted: WantedWidget,
  script: WantedScript,
  onPage: ScriptOnPage,
  signal: AbortSignal,
): Promise<boolean> {
  onPage.waiting += 1;
  try {
    const outcome = await orAbort(onPage.outcome, signal);
    if (outcome.result === 'loaded') return outcome.threw;
    discard(onPage);
    throw notLoaded(wanted, script, outcome);
  } catch (error) {
    if (error !== TIMED_OUT) throw error;
    if (onPage.waiting === 1) discard(onPage); // others may have more time
    throw timedOut(wanted, script);
  } finally {
    onPage.waiting -= 1;
  }
}

/** All scripts have run. Some load others, which create the global. */
async function waitForWidget(
  wanted: WantedWidget,
  ran: readonly RunScript[],
  before: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<unknown> {
  const { global } = wanted;
  const broken = ran.find(({ threw }) => threw);
  const widget = broken ? readGlobal(global) : await waitForGlobal(global, signal);
  if (widget !== undefined) return widget;
  if (broken) {
    for (const { onPage } of ran.slice(ran.indexOf(broken))) discard(onPage);
    throw hasThrown(wanted, broken.script);
  }
  if (signal.reason !== TIMED_OUT) throw signal.reason;
  const [last] = ran.slice(-1) as [RunScript];
  discard(last.onPage);
  throw hasNoGlobal(wanted, last.script, before);
}
