import '@angular/compiler';
import { DestroyRef, Injector, NgZone, PLATFORM_ID, runInInjectionContext } from '@angular/core';
import { expect, it, vi } from 'vitest';
import {
  fromEvents,
  injectConnection,
  injectLoadedWidget,
  injectQueuePoller,
  injectSnapshot,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from '../src/angular.ts';

const none = { onDestroy: () => () => {} };

it('S2 on a server nothing is created, nothing is pending, and no event arrives', () => {
  const create = vi.fn();
  const handler = vi.fn();
  const injector = Injector.create({
    providers: [
      { provide: PLATFORM_ID, useValue: 'server' },
      { provide: NgZone, useValue: { run: (task: () => unknown) => task() } },
      { provide: DestroyRef, useValue: none },
      // biome-ignore lint/suspicious/noExplicitAny: a provider of either kind is a static one
      ...([provideWidgetBridge(create), provideQueuePoller(create)] as any[]),
    ],
  });

  runInInjectionContext(injector, () => {
    expect([injectWidgetBridge(), injectQueuePoller()]).toEqual([undefined, undefined]);
    expect(injectSnapshot(injectWidgetBridge())()).toBeUndefined();
    expect(injectConnection('connection-1')()).toBeUndefined();
    expect(injectConnection(() => 'connection-1')()).toBeUndefined();
    const { widget, error, retry } = injectLoadedWidget({ src: '/widget.js' });
    retry();
    expect([widget(), error()]).toEqual([undefined, undefined]);
    fromEvents(injectQueuePoller(), '*').subscribe(handler);
  });

  expect(create).not.toHaveBeenCalled();
  expect(handler).not.toHaveBeenCalled();
});
