import {
  DestroyRef,
  effect,
  inject,
  NgZone,
  PLATFORM_ID,
  type Signal,
  signal,
  untracked,
} from '@angular/core';
import type { AnyBanksideError, LoadedWidget, LoadWidgetOptions } from '../index.ts';
import { loadKey } from '../loader/load-key.ts';
import { loadWidget } from '../loader/load-widget.ts';

/** What {@link injectLoadedWidget} returns. */
export interface WidgetLoad<T> {
  /** The widget. `undefined` while it loads, and on a server. */
  readonly widget: Signal<T | undefined>;
  /** Why it could not be loaded, such as a `LOAD_FAILED`. */
  readonly error: Signal<AnyBanksideError | undefined>;
  /** Tries again. */
  retry(): void;
}

/**
 * Loads the vendor's script, as `loadWidget` does: once, however many components ask for it. It loads outside Angular's zone, and
 * not on a server. The wait ends with the injection context.
 *
 * @param options As for `loadWidget`, or a function that returns them, such as one that reads an input. When a signal in it
 *   changes, it is called again, and the script is loaded again only if `src`, `integrity` or `global` has changed.
 * @throws Angular's NG0203 outside an injection context.
 * @example
 * ```ts
 * import { Component, effect } from '@angular/core';
 * import { injectLoadedWidget, injectWidgetBridge } from 'bankside/angular';
 * import 'bankside/personetics';
 *
 * @Component({ selector: 'bank-insights', template: '<div id="insights"></div>' })
 * export class Insights {
 *   constructor() {
 *     const bridge = injectWidgetBridge();
 *     const { widget, error } = injectLoadedWidget({ src: '/vendor/personetics.js' });
 *     effect((onCleanup) => {
 *       const loaded = widget();
 *       if (error()) console.warn(error()?.message);
 *       if (!bridge || !loaded) return;
 *       onCleanup(bridge.attach(loaded));
 *       loaded.startWidget({ pDelegate: bridge.delegate, el: '#insights', widgetType: 'teaser-widget' });
 *     });
 *   }
 * }
 * ```
 */
export function injectLoadedWidget<T = LoadedWidget>(
  options: Omit<LoadWidgetOptions, 'signal'> | (() => Omit<LoadWidgetOptions, 'signal'>),
): WidgetLoad<T> {
  const zone = inject(NgZone);
  const widget = signal<T | undefined>(undefined);
  const error = signal<AnyBanksideError | undefined>(undefined);
  let isInert = inject(PLATFORM_ID) === 'server';
  const read = typeof options === 'function' ? options : () => options;
  let wait = new AbortController();

  const show = (loaded: T | undefined, failure: AnyBanksideError | undefined): void => {
    widget.set(loaded);
    error.set(failure);
  };
  const load = (wanted: Omit<LoadWidgetOptions, 'signal'>): void => {
    wait.abort();
    wait = new AbortController();
    const { signal: ended } = wait;
    show(undefined, undefined);
    zone.runOutsideAngular(() => {
      loadWidget<T>({ ...wanted, signal: ended }).then(
        (loaded) => !ended.aborted && zone.run(() => show(loaded, undefined)),
        (failure) => !ended.aborted && zone.run(() => show(undefined, failure)),
      );
    });
  };
  const retry = (): void => {
    if (!isInert) untracked(() => load(read()));
  };

  if (!isInert) {
    if (typeof options === 'function') {
      let loading: string | undefined;
      effect(() => {
        const wanted = options();
        const key = loadKey(wanted);
        if (key === loading) return;
        loading = key;
        untracked(() => load(wanted));
      });
    } else {
      retry();
    }
    inject(DestroyRef).onDestroy(() => {
      isInert = true;
      wait.abort();
    });
  }
  return { widget: widget.asReadonly(), error: error.asReadonly(), retry };
}
