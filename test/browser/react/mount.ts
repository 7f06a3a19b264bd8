import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { act } from './act.ts';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

export interface Mounted {
  readonly element: HTMLElement;
  render(node: ReactNode): Promise<void>;
  unmount(): Promise<void>;
}

/** A React root on the page. */
export async function mount(node: ReactNode): Promise<Mounted> {
  const element = document.body.appendChild(document.createElement('div'));
  const errors: unknown[] = [];
  const root = createRoot(element, { onUncaughtError: (error) => errors.push(error) });
  const render = async (next: ReactNode): Promise<void> => {
    await act(async () => root.render(next));
    if (errors.length) throw errors.splice(0)[0];
  };
  await render(node);
  return {
    element,
    render,
    async unmount() {
      await act(async () => root.unmount());
      element.remove();
    },
  };
}
