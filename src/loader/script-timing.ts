/** What engines say of a fetch. The status is hidden for another origin, and in some engines. */
export interface ScriptTiming extends Partial<PerformanceResourceTiming> {
  readonly contentType?: string;
}

/**
 * The last fetch of a script's address by a `<script>`: a preload, too, leaves a trace, and has run nothing. There may be none: pages
 * clear the traces, browsers keep a few hundred, and test environments have none.
 *
 * @param since The earliest start, on the clock of `performance.now()`.
 */
export function scriptTiming(href: string, since = 0): ScriptTiming | undefined {
  const entries = (globalThis.performance?.getEntriesByName?.(href) ?? []) as readonly ScriptTiming[];
  return entries
    .filter(({ initiatorType, startTime = 0 }) => initiatorType === 'script' && startTime >= since)
    .at(-1);
}

/**
 * Whether it should be over: whether a script that was on the page before has run or failed by now.
 *
 * @param hasTrace Whether its fetch has ended.
 */
export function isDue(element: HTMLScriptElement, hasTrace: boolean): boolean {
  const { async, defer, type } = element;
  if (async) return hasTrace;
  if (defer || type === 'module') return isParsed();
  // The parser waits for it. Meanwhile it is the last of all nodes.
  return document.readyState !== 'loading' || isFollowed(element);
}

/** Whether deferred scripts have run. */
function isParsed(): boolean {
  if (document.readyState !== 'interactive') return document.readyState === 'complete';
  const [visit] = (performance.getEntriesByType?.('navigation') ?? []) as PerformanceNavigationTiming[];
  return (visit?.domContentLoadedEventStart ?? 0) > 0;
}

/** Whether anything comes after it in the document. */
function isFollowed(element: Node): boolean {
  for (let node: Node | null = element; node; node = node.parentNode) {
    if (node.nextSibling) return true;
  }
  return false;
}
