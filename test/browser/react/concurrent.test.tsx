import {
  Activity,
  StrictMode,
  Suspense,
  startTransition,
  useEffect,
  useLayoutEffect,
  useState,
  useTransition,
} from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { WidgetBridge } from '../../../src/index.ts';
import { useBridge, useWidgetBridge } from '../../../src/react.ts';
import { createTestTransport } from '../../../src/testing/doubles.ts';
import { act } from './act.ts';
import { maker } from './maker.ts';
import { mount } from './mount.ts';

describe('a component that is hidden, and shown again', () => {
  function pageWith(create: (signal: AbortSignal) => WidgetBridge) {
    return function Page({ until }: { until?: Promise<void> | undefined }) {
      const bridge = useWidgetBridge(create);
      useEffect(() => bridge?.attach({}, {}), [bridge]);
      return (
        <p>
          {bridge && !bridge.getSnapshot().disposed && 'alive'}
          {until && <Waiting until={until} />}
        </p>
      );
    };
  }
  function Waiting({ until }: { until: Promise<void> }): never {
    throw until; // like `use`, which React 18 does not have
  }

  test.each([
    ['', false],
    [', under StrictMode', true],
  ])('B9 by Suspense: its bridge ends, and there is another%s', async (_how, isStrict) => {
    const { create, fates } = maker();
    const Page = pageWith(create);
    const tree = (until?: Promise<void>) => {
      const page = (
        <Suspense fallback="loading">
          <Page until={until} />
        </Suspense>
      );
      return isStrict ? <StrictMode>{page}</StrictMode> : page;
    };
    const page = await mount(tree());
    expect(page.element.textContent).toBe('alive');

    await page.render(tree(new Promise(() => {})));
    expect(page.element.textContent).toContain('loading');
    expect(fates()).toEqual([true]);

    await page.render(tree());
    expect(page.element.textContent).toBe('alive');
    expect(fates()).toEqual([true, false]);
    await page.unmount();
    expect(fates()).toEqual([true, true]);
  });

  test.runIf(Activity)('B9 by an Activity: its bridge ends, and there is another', async () => {
    const { create, fates } = maker();
    const Page = pageWith(create);
    const tree = (mode: 'visible' | 'hidden') => (
      <StrictMode>
        <Activity mode={mode}>
          <Page />
        </Activity>
      </StrictMode>
    );
    const page = await mount(tree('visible'));

    await page.render(tree('hidden'));
    expect(fates()).toEqual([true]);

    await page.render(tree('visible'));
    expect(page.element.textContent).toBe('alive');
    expect(fates()).toEqual([true, false]);
    await page.unmount();
    expect(fates()).toEqual([true, true]);
  });
});

describe('concurrent rendering', () => {
  test('all components show the same of a bridge, which changes while a transition renders them', async () => {
    const bridge = new WidgetBridge({ transport: createTestTransport() });
    const pictures: string[][] = [];
    const readers = Array.from({ length: 20 }, (_, key) => key);
    let renderings = 0;
    let show: () => void = () => {};
    function Reader() {
      const pending = useBridge(bridge, (snapshot) => snapshot.pending.length);
      renderings += 1;
      // Longer than React renders without a pause, so that other tasks run in between.
      for (const end = performance.now() + 6; performance.now() < end; );
      return <i>{pending}</i>;
    }
    function Page() {
      const [count, setCount] = useState(0);
      const [isPending, start] = useTransition();
      show = () => start(() => setCount(20));
      useLayoutEffect(() => {
        pictures.push([...element.querySelectorAll('i')].map(({ textContent }) => `${textContent}`));
      });
      return (
        <p title={`${isPending}`}>
          {readers.slice(0, count).map((key) => (
            <Reader key={key} />
          ))}
        </p>
      );
    }
    const page = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
    page.IS_REACT_ACT_ENVIRONMENT = false;
    const element = document.body.appendChild(document.createElement('div'));
    const root = createRoot(element);
    startTransition(() => root.render(<Page />));
    await expect.poll(() => pictures.length).toBe(1);

    show();
    await expect.poll(() => renderings, { interval: 1 }).toBeGreaterThan(0);
    const isUnderWay = element.querySelectorAll('i').length === 0;
    void bridge.send('pserver', { type: 'getInsights' }).catch(() => {});
    await expect.poll(() => element.textContent).toBe('1'.repeat(20));

    expect(isUnderWay).toBe(true);
    expect(pictures.filter((picture) => new Set(picture).size > 1)).toEqual([]);
    root.unmount();
    element.remove();
    page.IS_REACT_ACT_ENVIRONMENT = true;
    bridge.dispose();
  });
});

describe('a page that a server has rendered', () => {
  test('S2 hydrates without a difference, and then has its bridge', async () => {
    const { made, create, fates } = maker();
    const recovered = vi.fn();
    function Page() {
      const bridge = useWidgetBridge(create);
      const { pending } = useBridge(bridge);
      return <p>{`${pending.length} ${bridge ? 'here' : 'not yet'}`}</p>;
    }
    const element = document.body.appendChild(document.createElement('div'));
    const markup = renderToString(<Page />);
    element.append(new DOMParser().parseFromString(markup, 'text/html').body.firstChild ?? '');
    const served = element.firstChild;
    expect(served?.textContent).toBe('0 not yet');
    // React 18 assumes a server only if there is no document.
    const warn = vi.spyOn(console, 'error');

    const root = await act(async () => hydrateRoot(element, <Page />, { onRecoverableError: recovered }));

    expect(element.textContent).toBe('0 here');
    expect(element.firstChild).toBe(served);
    expect(made).toHaveLength(1);
    expect([recovered.mock.calls, warn.mock.calls]).toEqual([[], []]);
    await act(async () => root.unmount());
    expect(fates()).toEqual([true]);
    element.remove();
    warn.mockRestore();
  });
});
