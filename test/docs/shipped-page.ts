import { onTestFinished, vi } from 'vitest';
import type { ShippedTestWidget, TestView } from '../../src/testing/index.ts';
import { testing } from './built.ts';
import type { Snippet } from './markdown.ts';
import type { snippetTests } from './snippet-tests.ts';

/** A page's code after it has run, with the stand-in for the build that ships as its widget. */
export interface ShippedPage {
  readonly widget: ShippedTestWidget;
  /** What the code declared. */
  readonly declared: Awaited<ReturnType<ReturnType<typeof snippetTests>['run']>>;
  /** The n-th view that was started, once it is there and shows something. */
  shown(n: number): Promise<TestView>;
}

/** Runs a page's code. The stand-in looks for `EventDelegate` in the global scope, so that this is the page's window. */
export async function runOnShipped(
  stage: ReturnType<typeof snippetTests>,
  snippet: Snippet,
  more?: object,
): Promise<ShippedPage> {
  const widget = testing.createTestWidget({ build: '21.5' });
  onTestFinished(() => widget.dispose());
  vi.stubGlobal('EventDelegate', undefined);
  vi.stubGlobal('personetics', widget);
  const declared = await stage.run(snippet, { personetics: widget, window: globalThis, ...more });
  return {
    widget,
    declared,
    shown: (n) =>
      vi.waitFor(
        () => {
          const view = widget.views[n];
          if (view?.state !== 'shown') throw new Error(`View ${n} is ${view?.state ?? 'not there'}`);
          return view;
        },
        { timeout: 20_000 },
      ),
  };
}
