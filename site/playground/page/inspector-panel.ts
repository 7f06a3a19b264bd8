import { byId } from '../../../examples/showcase/shared/dom/element.js';
import type { ShownBank } from './bank-frame.ts';

/** The inspector beside the bank's page. It is loaded while the first page starts, and shows what that has done before. */
export function createInspectorPanel(): {
  observe(bank: ShownBank): void;
  /** Records the next page that is observed, from its first request. */
  recordNext(): void;
} {
  const panel = byId('inspector-panel', HTMLElement);
  const inspector = document.createElement('bankside-inspector');
  let isDefined = false;
  let isRecordingNext = false;
  let shown: ShownBank | undefined;
  void import('bankside/inspector').then(({ defineInspector }) => {
    defineInspector();
    customElements.upgrade(inspector);
    isDefined = true;
    show();
  });

  function show(): void {
    if (!isDefined || !shown) return;
    if (!inspector.isConnected) panel.replaceChildren(inspector);
    inspector.observe(shown.bridge, shown.poller);
    if (isRecordingNext) inspector.record();
    isRecordingNext = false;
  }

  return {
    observe(bank) {
      shown = bank;
      show();
    },
    recordNext() {
      isRecordingNext = true;
    },
  };
}
