import { byId } from '../../../examples/showcase/shared/dom/element.js';

/**
 * Tabs of which one is shown: by click, or by the arrow keys, Home and End.
 *
 * @param ids Of the tabs. Each tab controls its panel.
 */
export function createTabs(ids: readonly string[]): { show(id: string): void } {
  const tabs = ids.map((id) => byId(id, HTMLButtonElement));
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const target = tabs.at(targetOf(event.key, index, tabs.length));
      if (!target || target === tab) return;
      event.preventDefault();
      choose(target);
      target.focus();
    });
  }

  return { show: (id) => choose(byId(id, HTMLButtonElement)) };

  function choose(chosen: HTMLButtonElement): void {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.ariaSelected = String(isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      byId(tab.getAttribute('aria-controls') ?? '', HTMLElement).hidden = !isChosen;
    }
  }
}

function targetOf(key: string, index: number, count: number): number {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : index;
}
