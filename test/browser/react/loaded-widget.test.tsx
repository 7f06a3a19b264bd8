import { StrictMode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useLoadedWidget } from '../../../src/react.ts';
import { forgetWidget, widgetScript } from '../widget-script.ts';
import { act } from './act.ts';
import { type Mounted, mount } from './mount.ts';

afterEach(forgetWidget);

/** Scripts arrive when they arrive, not within an `act`. */
async function shows({ element }: Mounted, text: string): Promise<void> {
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  environment.IS_REACT_ACT_ENVIRONMENT = false;
  try {
    await expect.poll(() => element.textContent).toBe(text);
  } finally {
    environment.IS_REACT_ACT_ENVIRONMENT = true;
  }
}

function Show({ src, integrity }: { src: string; integrity?: string | undefined }) {
  const { widget, error, retry } = useLoadedWidget<{ name: string }>({
    src,
    integrity,
    global: 'reactWidget',
  });
  return (
    <button type="button" onClick={retry}>
      {widget?.name ?? error?.code ?? 'loading'}
    </button>
  );
}

test('S7: under StrictMode, and in two components, the script runs once', async () => {
  const script = await widgetScript('reactWidget');
  const page = await mount(
    <StrictMode>
      <Show src={script.src} />
      <Show src={script.src} />
    </StrictMode>,
  );
  await shows(page, 'run 1run 1');
  await page.render(<Show src={script.src} />);
  await shows(page, 'run 1');
  expect(await script.fetches()).toBe(1);
  await page.unmount();
});

test('S7: a failure is shown, and retry tries again', async () => {
  const script = await widgetScript('reactWidget', { status: 503 });
  const page = await mount(<Show src={script.src} />);
  await shows(page, 'LOAD_FAILED');

  await act(async () => page.element.querySelector('button')?.click());

  await shows(page, 'run 1');
  await page.unmount();
});

test('S7: a component that has gone shows nothing, and another src is loaded', async () => {
  const [slow, other] = [
    await widgetScript('reactWidget', { end: 'never' }),
    await widgetScript('reactWidget'),
  ];
  const page = await mount(<Show src={slow.src} />);
  await page.render(<Show src={other.src} />);

  await shows(page, 'run 1');
  await page.unmount();
  expect(page.element.textContent).toBe('');
});

test('S5: a slip in an option is the error', async () => {
  const page = await mount(<Show src="" />);

  await shows(page, 'INVALID_OPTIONS');
  await page.unmount();
});
