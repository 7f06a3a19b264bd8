import { NgZone, signal } from '@angular/core';
import { afterEach, expect, test } from 'vitest';
import { injectLoadedWidget } from '../../../src/angular.ts';
import { forgetWidget, widgetScript } from '../widget-script.ts';
import { component, start } from './application.ts';
import { zoneless } from './zoneless.ts';

afterEach(forgetWidget);

const template = '{{ load.widget()?.name ?? load.error()?.code ?? "loading" }}';

test('S7: the widget is shown, and a failure can be tried again', async () => {
  const script = await widgetScript('angularWidget', { status: 503 });
  class Page {
    readonly load = injectLoadedWidget<{ name: string }>({ src: script.src, global: 'angularWidget' });
  }
  const { page, destroy, text } = await start(component(Page, template), [zoneless]);
  expect(text()).toBe('loading');
  await expect.poll(text).toBe('LOAD_FAILED');

  page.load.retry();

  await expect.poll(text).toBe('run 1');
  destroy();
});

test('S7: options of a function are followed', async () => {
  const [slow, other] = [
    await widgetScript('angularWidget', { end: 'never' }),
    await widgetScript('angularWidget'),
  ];
  class Page {
    readonly src = signal(slow.src);
    readonly load = injectLoadedWidget<{ name: string }>(() => ({
      src: this.src(),
      global: 'angularWidget',
    }));
  }
  const { app, page, destroy, text } = await start(component(Page, template), [zoneless]);
  expect(text()).toBe('loading');

  app.injector.get(NgZone).run(() => page.src.set(other.src));

  await expect.poll(text).toBe('run 1');
  destroy();
});

test('S7: a signal in the function that changes nothing of the script does not load it again', async () => {
  const script = await widgetScript('angularWidget');
  class Page {
    readonly timeout = signal(1_000);
    readonly load = injectLoadedWidget<{ name: string }>(() => ({
      src: script.src,
      global: 'angularWidget',
      timeout: this.timeout(),
    }));
  }
  const { app, page, destroy, text } = await start(component(Page, template), [zoneless]);
  await expect.poll(text).toBe('run 1');
  const { widget } = page.load;
  const before = widget();

  const seen: unknown[] = [];
  const watching = setInterval(() => seen.push(widget()));
  app.injector.get(NgZone).run(() => page.timeout.set(2_000));
  app.tick();
  await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(watching);

  expect(new Set(seen)).toEqual(new Set([before]));
  destroy();
});

test('S7: after the component has gone nothing is set', async () => {
  const script = await widgetScript('angularWidget', { end: 'never' });
  class Page {
    readonly load = injectLoadedWidget({ src: script.src, global: 'angularWidget', timeout: 50 });
  }
  const { page, destroy } = await start(component(Page, template), [zoneless]);
  destroy();
  page.load.retry();
  await new Promise((resolve) => setTimeout(resolve, 100));

  expect([page.load.widget(), page.load.error()]).toEqual([undefined, undefined]);
});
