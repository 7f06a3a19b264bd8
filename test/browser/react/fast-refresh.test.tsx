import './fast-refresh.ts'; // before React
import { useEffect, useLayoutEffect } from 'react';
import { describe, expect, test } from 'vitest';
import type { WidgetBridge } from '../../../src/index.ts';
import { useWidgetBridge } from '../../../src/react.ts';
import { act } from './act.ts';
import { save } from './fast-refresh.ts';
import { maker } from './maker.ts';
import { mount } from './mount.ts';

describe('fast refresh', () => {
  /** A version of a page's file. */
  const versionOf = (text: string, create: () => WidgetBridge, seen: (WidgetBridge | undefined)[]) => {
    return function Page() {
      const bridge = useWidgetBridge(create);
      useEffect(() => bridge?.attach({}, {}), [bridge]);
      useLayoutEffect(() => {
        seen.push(bridge);
      });
      return <p>{bridge && text}</p>;
    };
  };

  test.each([
    ['the same hooks', 'useWidgetBridge', 'useWidgetBridge'],
    ['other hooks', 'useWidgetBridge', 'useWidgetBridge useBridge'],
  ])('B9 a saved file with %s has one live bridge, the one on the page', async (_what, before, after) => {
    const { made, create, fates } = maker();
    const seen: (WidgetBridge | undefined)[] = [];
    const First = versionOf('first', () => create(new AbortController().signal), seen);
    save(First, before);
    const page = await mount(<First />);
    expect(page.element.textContent).toBe('first');

    await act(async () =>
      save(
        versionOf('second', () => create(new AbortController().signal), seen),
        after,
      ),
    );

    expect(page.element.textContent).toBe('second');
    expect(fates()).toEqual([true, false]);
    expect(seen.at(-1)).toBe(made[1]);
    await page.unmount();
    expect(fates()).not.toContain(false);
  });

  test('B9 a function of a file that was not saved keeps its bridge', async () => {
    const { create, fates } = maker();
    const ofAnotherFile = () => create(new AbortController().signal);
    const First = versionOf('first', ofAnotherFile, []);
    save(First, 'useWidgetBridge');
    const page = await mount(<First />);

    await act(async () => save(versionOf('second', ofAnotherFile, []), 'useWidgetBridge'));

    expect(page.element.textContent).toBe('second');
    expect(fates()).toEqual([false]);
    await page.unmount();
    expect(fates()).toEqual([true]);
  });
});
