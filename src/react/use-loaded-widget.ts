import { useCallback, useEffect, useState } from 'react';
import type { AnyBanksideError, LoadedWidget, LoadWidgetOptions } from '../index.ts';
import { loadKey } from '../loader/load-key.ts';
import { loadWidget } from '../loader/load-widget.ts';
import { useLatest } from './effects.ts';

/** What {@link useLoadedWidget} returns. */
export interface WidgetLoad<T> {
  /** The widget. `undefined` while it loads, and on a server. */
  readonly widget: T | undefined;
  /** Why it could not be loaded, such as a `LOAD_FAILED`. */
  readonly error: AnyBanksideError | undefined;
  /** Tries again. The function stays the same. */
  readonly retry: () => void;
}

/** The end of one load. It counts only for the load that is shown. */
interface Ended<T> {
  readonly of: string;
  readonly widget?: T;
  readonly error?: AnyBanksideError;
}

/**
 * Loads the vendor's script when the component mounts, as `loadWidget` does: once, however many components ask for it.
 *
 * @param options As for `loadWidget`. They may be a new object in each rendering: the script is loaded again only if `src`,
 *   `integrity` or `global` changes.
 * @example
 * ```tsx
 * import type { WidgetBridge } from 'bankside';
 * import 'bankside/personetics';
 * import { useLoadedWidget } from 'bankside/react';
 * import { useEffect } from 'react';
 *
 * function Insights({ bridge }: { bridge: WidgetBridge | undefined }) {
 *   const { widget, error, retry } = useLoadedWidget({ src: '/vendor/personetics.js' });
 *   useEffect(() => {
 *     if (!bridge || !widget) return;
 *     const detach = bridge.attach(widget);
 *     widget.startWidget({ pDelegate: bridge.delegate, el: '#insights', widgetType: 'teaser-widget' });
 *     return detach;
 *   }, [bridge, widget]);
 *   return error ? <button type="button" onClick={retry}>Try again</button> : <div id="insights" />;
 * }
 * ```
 */
export function useLoadedWidget<T = LoadedWidget>(options: Omit<LoadWidgetOptions, 'signal'>): WidgetLoad<T> {
  const latest = useLatest(options);
  const [tries, setTries] = useState(0);
  const [ended, setEnded] = useState<Ended<T>>();
  const load = `${tries} ${loadKey(options)}`;
  useEffect(() => {
    const abort = new AbortController();
    loadWidget<T>({ ...latest.current, signal: abort.signal }).then(
      (widget) => setEnded({ of: load, widget }),
      (error) => {
        if (!abort.signal.aborted) setEnded({ of: load, error });
      },
    );
    return () => abort.abort();
  }, [load, latest]);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  const shown = ended?.of === load ? ended : undefined;
  return { widget: shown?.widget, error: shown?.error, retry };
}
