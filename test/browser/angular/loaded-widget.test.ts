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
