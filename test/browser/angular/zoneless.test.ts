import {
  createEnvironmentInjector,
  EnvironmentInjector,
  effect,
  NgZone,
  type Provider,
  runInInjectionContext,
  signal,
} from '@angular/core';
import { describe, expect, test } from 'vitest';
import {
  fromEvents,
  injectConnection,
  injectQueuePoller,
  injectSnapshot,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from '../../../src/angular.ts';
import { component, start } from './application.ts';
import { echoingBridges, userWithTwoBanks } from './bank.ts';
import { zoneless } from './zoneless.ts';

describe('without a zone', () => {
  test('Q3 a connection’s signal is shown, and follows its id', async () => {
    const { synchronise, create, one, other } = userWithTwoBanks();
    class Page {
      readonly id = signal<string | undefined>('');
      readonly connection = injectConnection(this.id);
    }
    const { app, page, destroy, text } = await start(
      component(Page, '{{ connection()?.id }} {{ connection()?.status }}'),
      [zoneless, provideQueuePoller(create)],
    );
    const zone = app.injector.get(NgZone); // the oldest Angular requires it
    expect(text()).toBe(' ');

    zone.run(() => page.id.set(one));
    await expect.poll(text).toBe(`${one} NONE`);
    zone.run(() => page.id.set(other));
    await expect.poll(text).toBe(`${other} NONE`);
    synchronise(other);
    await expect.poll(text).toBe(`${other} SUCCESS`);
    destroy();
  });

  test('Q4 a connection is shown in doubt while it is, and fromEvents tells of both changes', async () => {
    const { create, one, breakQueue } = userWithTwoBanks();
    class Page {
      readonly poller = injectQueuePoller();
      readonly connection = injectConnection(one);
      readonly doubts: boolean[] = [];
      constructor() {
        fromEvents(this.poller, 'connection').subscribe(({ connection, previous }) => {
          if (previous && previous.isDoubtful !== connection.isDoubtful)
            this.doubts.push(connection.isDoubtful);
        });
      }
    }
    const { page, destroy, text } = await start(
      component(Page, '{{ connection()?.status }} {{ connection()?.isDoubtful ? "in doubt" : "" }}'),
      [zoneless, provideQueuePoller(create)],
    );
    await expect.poll(text).toBe('NONE ');

    const repair = breakQueue();
    await expect.poll(text).toBe('NONE in doubt');
    repair();
    await expect.poll(text).toBe('NONE ');

    expect(page.doubts).toEqual([true, false]);
    destroy();
  });

  test('Q4 a snapshot shows why polls fail and when the next one is, until one succeeds', async () => {
    const { made, create, breakQueue } = userWithTwoBanks();
    class Page {
      readonly snapshot = injectSnapshot(injectQueuePoller());
    }
    const { page, destroy, text } = await start(
      component(Page, '{{ snapshot()?.failure?.error?.code ?? snapshot()?.status }}'),
      [zoneless, provideQueuePoller(create)],
    );
    const retryAt = () => page.snapshot()?.failure?.retryAt;
    await expect.poll(text).toBe('polling');

    const repair = breakQueue();
    await expect.poll(text).toBe('NETWORK');
    await expect.poll(() => made[0]?.nextPollIn).toBeGreaterThan(500);
    const planned = Number(retryAt());
    made[0]?.nudge();
    expect(retryAt()).toBeLessThan(planned);
    repair();
    await expect.poll(text).toBe('polling');
    expect(retryAt()).toBeUndefined();
    destroy();
  });

  test('a connection that is forgotten is no longer shown', async () => {
    const { create, one } = userWithTwoBanks();
    class Page {
      readonly poller = injectQueuePoller();
      readonly connection = injectConnection(() => one);
      readonly snapshot = injectSnapshot(this.poller);
    }
    const { page, destroy, text } = await start(
      component(Page, '{{ connection()?.status ?? "nothing" }} {{ snapshot()?.status }}'),
      [zoneless, provideQueuePoller(create)],
    );
    await expect.poll(text).toBe('NONE polling');

    await page.poller?.stop({ forget: true });

    await expect.poll(text).toBe('nothing stopped');
    destroy();
  });
});

describe('within an effect of the page', () => {
  test('what it changes is shown', async () => {
    const { create } = userWithTwoBanks();
    class Page {
      readonly poller = injectQueuePoller();
      readonly isIdle = signal(false);
      readonly snapshot = injectSnapshot(this.poller);
      readonly pausing = effect(() => {
        if (this.isIdle()) this.poller?.pause();
      });
    }
    const { app, page, destroy, text } = await start(component(Page, '{{ snapshot()?.status }}'), [
      zoneless,
      provideQueuePoller(create),
    ]);
    await expect.poll(text).toBe('polling');

    app.injector.get(NgZone).run(() => page.isIdle.set(true));

    await expect.poll(text).toBe('paused');
    destroy();
  });

  test('what a handler reads does not run the effect again', async () => {
    const { create } = echoingBridges();
    class Page {
      readonly bridge = injectWidgetBridge();
      readonly language = signal('en');
      readonly heard: string[] = [];
      readonly hearing = fromEvents(this.bridge, 'request').subscribe(({ request }) => {
        this.heard.push(`${request.type} ${this.language()}`);
      });
      readonly sending = effect(() => {
        void this.bridge?.send('pserver', { type: 'getInsights' });
      });
    }
    const { app, page, destroy } = await start(component(Page, '{{ language() }}'), [
      zoneless,
      provideWidgetBridge(create),
    ]);
    await expect.poll(() => page.heard).toEqual(['getInsights en']);

    app.injector.get(NgZone).run(() => page.language.set('fr'));
    app.tick();

    expect(page.heard).toEqual(['getInsights en']);
    destroy();
  });
});

test('S5 fromEvents of an event that does not exist fails with an error that names the nearest', async () => {
  const bridges = echoingBridges();
  const banks = userWithTwoBanks();
  const { injector, destroy } = await injectorWith([
    provideWidgetBridge(bridges.create),
    provideQueuePoller(banks.create),
  ]);
  const errors: unknown[] = [];
  runInInjectionContext(injector, () => {
    const error = (thrown: unknown) => errors.push(thrown);
    fromEvents(injectWidgetBridge(), 'fail' as 'failure').subscribe({ error });
    fromEvents(injectQueuePoller(), 'gaps' as 'gap').subscribe({ error });
  });

  expect(errors).toMatchObject([
    { code: 'INVALID_CALL', message: "call 'on fail': an unknown name. Did you mean 'failure'?" },
    { code: 'INVALID_CALL', message: "call 'on gaps': an unknown name. Did you mean 'gap'?" },
  ]);
  destroy();
});

/** An injector like that of a route, in an application. */
async function injectorWith(
  providers: Provider[],
): Promise<{ injector: EnvironmentInjector; destroy(): void }> {
  const { app, destroy } = await start(component(class Empty {}, ''), [zoneless]);
  const injector = createEnvironmentInjector(providers, app.injector.get(EnvironmentInjector));
  return { injector, destroy };
}

describe('ownership', () => {
  test('B9 a bridge is created when it is first injected, once, and disposed with its injector, then its signal', async () => {
    const { made, create } = echoingBridges();
    const { injector, destroy } = await injectorWith([provideWidgetBridge(create)]);
    expect(made).toEqual([]);

    const bridges = [1, 2].map(() => runInInjectionContext(injector, injectWidgetBridge));

    expect(bridges).toEqual([made[0]?.bridge, made[0]?.bridge]);
    expect(made).toHaveLength(1);
    const order: string[] = [];
    made[0]?.signal.addEventListener('abort', () => {
      order.push(`aborted, disposed: ${made[0]?.bridge.getSnapshot().disposed}`);
    });
    injector.destroy();
    expect(order).toEqual(['aborted, disposed: true']);
    destroy();
  });

  test('B9 each instance of a component that provides a bridge has its own, disposed with it', async () => {
    const { made, create } = echoingBridges();
    class Page {
      readonly bridge = injectWidgetBridge();
    }
    const type = component(Page, '', [provideWidgetBridge(create)]);
    const [first, second] = [await start(type, [zoneless]), await start(type, [zoneless])];

    expect(made.map(({ bridge }) => bridge)).toEqual([first.page.bridge, second.page.bridge]);
    first.destroy();
    expect(made.map(({ bridge }) => bridge.getSnapshot().disposed)).toEqual([true, false]);
    second.destroy();
    expect(made.map(({ bridge }) => bridge.getSnapshot().disposed)).toEqual([true, true]);
  });

  test('B9 what create made before it threw ends with its signal', async () => {
    const signals: AbortSignal[] = [];
    const { injector, destroy } = await injectorWith([
      provideWidgetBridge((signal) => {
        signals.push(signal);
        throw new Error('no bridge');
      }),
    ]);
    expect(() => runInInjectionContext(injector, injectWidgetBridge)).toThrow('no bridge');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    destroy();
  });

  test('Q8 a poller is started when it is injected, and stopped with its injector', async () => {
    const { made, create } = userWithTwoBanks();
    const { injector, destroy } = await injectorWith([provideQueuePoller(create)]);
    const poller = runInInjectionContext(injector, injectQueuePoller);
    await expect.poll(() => poller?.status).toBe('polling');

    injector.destroy();

    expect(made.map(({ status }) => status)).toEqual(['stopped']);
    destroy();
  });

  test('B9 Q8 a hundred destroyed injectors leave no listener', async () => {
    const { made, create } = echoingBridges();
    const { injector: parent, destroy } = await injectorWith([provideWidgetBridge(create)]);
    const bridge = runInInjectionContext(parent, injectWidgetBridge);
    if (!bridge) throw new Error('no bridge');
    const listening = { on: 0, subscribe: 0 };
    const counted = (name: keyof typeof listening, add: (...parts: never[]) => () => void) => {
      return (...parts: never[]) => {
        const off = add(...parts);
        listening[name] += 1;
        return () => {
          listening[name] -= 1;
          off();
        };
      };
    };
    Object.defineProperty(bridge, 'on', { value: counted('on', bridge.on.bind(bridge)) });
    Object.defineProperty(bridge, 'subscribe', { value: counted('subscribe', bridge.subscribe) });

    for (let round = 0; round < 100; round += 1) {
      const injector = createEnvironmentInjector([], parent);
      const completed: boolean[] = [];
      runInInjectionContext(injector, () => {
        injectSnapshot(injectWidgetBridge());
        fromEvents(injectWidgetBridge(), 'reply').subscribe({ complete: () => completed.push(true) });
        fromEvents(injectWidgetBridge(), 'reply').subscribe().unsubscribe();
      });
      expect(listening).toEqual({ on: 1, subscribe: 1 });
      injector.destroy();
      expect(completed).toEqual([true]);
      expect(listening).toEqual({ on: 0, subscribe: 0 });
    }
    expect(made).toHaveLength(1);
    destroy();
  });

  test('Q7 the error of a poller that cannot start is emitted, and no rejection is unhandled', async () => {
    const { create } = userWithTwoBanks();
    const { injector, destroy } = await injectorWith([
      provideQueuePoller(() => {
        const poller = create();
        poller.start = () => Promise.reject(new Error('no'));
        return poller;
      }),
    ]);
    expect(runInInjectionContext(injector, injectQueuePoller)?.status).toBe('idle');
    destroy();
  });
});

describe('wrong use', () => {
  test.each<[string, () => unknown, string]>([
    ['injectWidgetBridge', injectWidgetBridge, 'add provideWidgetBridge('],
    ['injectQueuePoller', injectQueuePoller, 'add provideQueuePoller('],
    ['injectConnection', () => injectConnection('1'), 'add provideQueuePoller('],
  ])('%s where nothing is provided says what to add', async (_, inject, advice) => {
    const { injector, destroy } = await injectorWith([]);
    expect(() => runInInjectionContext(injector, inject)).toThrow(advice);
    destroy();
  });
});
