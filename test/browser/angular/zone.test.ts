import 'zone.js';
import { NgZone, provideZoneChangeDetection } from '@angular/core';
import { describe, expect, test } from 'vitest';
import {
  fromEvents,
  injectConnection,
  injectLoadedWidget,
  injectQueuePoller,
  injectSnapshot,
  injectWidgetBridge,
  provideQueuePoller,
  provideWidgetBridge,
} from '../../../src/angular.ts';
import { forgetWidget, widgetScript } from '../widget-script.ts';
import { component, start } from './application.ts';
import { echoingBridges, userWithTwoBanks } from './bank.ts';

const zoned = provideZoneChangeDetection();

describe('a poller in an application with a zone', () => {
  test('is created outside the zone, and so is a bridge', async () => {
    const zones: boolean[] = [];
    class Page {
      readonly made = [injectWidgetBridge(), injectQueuePoller()];
    }
    const [{ create: makeBridge }, { create: makePoller }] = [echoingBridges(), userWithTwoBanks()];
    const inZone = <T>(made: T): T => {
      zones.push(NgZone.isInAngularZone());
      return made;
    };
    const { destroy } = await start(component(Page, ''), [
      zoned,
      provideWidgetBridge((signal) => inZone(makeBridge(signal))),
      provideQueuePoller(() => inZone(makePoller())),
    ]);

    expect(zones).toEqual([false, false]);
    destroy();
  });

  test('Q5 polls without news trigger no change detection', async () => {
    const { create, one, polls } = userWithTwoBanks();
    let looks = 0;
    class Page {
      readonly poller = injectQueuePoller();
      readonly connection = injectConnection(one);
      ngDoCheck(): void {
        looks += 1;
      }
    }
    const { app, page, destroy, text } = await start(component(Page, '{{ connection()?.status }}'), [
      zoned,
      provideQueuePoller(create),
    ]);
    await expect.poll(text).toBe('NONE');
    await polls(2);

    const before = looks;
    await polls(5);
    expect(looks).toBe(before);

    // A call of the page inside the zone may trigger one change detection, its follow-ups none.
    const zone = app.injector.get(NgZone);
    zone.run(() => {
      page.poller?.nudge();
      page.poller?.whenSynced(one).catch(() => {});
    });
    await polls(2);
    const asked = looks;
    await polls(5);
    expect(looks).toBe(asked);
    destroy();
  });

  test('Q3 the application is stable while it waits for the end of a synchronisation', async () => {
    const { synchronise, create, one } = userWithTwoBanks();
    class Page {
      readonly poller = injectQueuePoller();
      result = '';
      wait(): void {
        const synced = this.poller?.whenSynced(one, {
          timeout: 300_000,
          signal: new AbortController().signal,
        });
        synced?.then(({ result }) => {
          this.result = `${result} ${NgZone.isInAngularZone()}`;
        });
      }
    }
    const { app, page, destroy, text } = await start(component(Page, '{{ result }}'), [
      zoned,
      provideQueuePoller(create),
    ]);
    const zone = app.injector.get(NgZone);
    let isStable = false;
    const subscription = app.isStable.subscribe((is) => {
      isStable = is;
    });
    await expect.poll(() => isStable).toBe(true);

    zone.run(() => page.wait());
    await expect.poll(() => isStable).toBe(true);
    expect(zone.hasPendingMacrotasks).toBe(false);

    synchronise(one);
    await expect.poll(text).toBe('success true');
    expect(zone.hasPendingMacrotasks).toBe(false);
    subscription.unsubscribe();
    destroy();
  });

  test('Q3 what a page reads is shown, and another connection’s changes trigger no change detection', async () => {
    const { synchronise, create, one, other, polls } = userWithTwoBanks();
    let looks = 0;
    class Page {
      readonly poller = injectQueuePoller();
      readonly connection = injectConnection(one);
      ngDoCheck(): void {
        looks += 1;
      }
    }
    const { page, destroy, text } = await start(component(Page, '{{ connection()?.status }}'), [
      zoned,
      provideQueuePoller(create),
    ]);
    await expect.poll(text).toBe('NONE');
    page.poller?.track(other);
    await expect.poll(() => page.poller?.connections.get(other)?.status).toBe('NONE');

    const before = looks;
    synchronise(other);
    await expect.poll(() => page.poller?.connections.get(other)?.status).toBe('SUCCESS');
    await polls(1);
    expect(looks).toBe(before);

    synchronise(one);
    await expect.poll(text).toBe('SUCCESS');
    destroy();
  });

  test('events are emitted inside the zone, so that the page shows them', async () => {
    const { synchronise, create, one } = userWithTwoBanks();
    class Page {
      readonly poller = injectQueuePoller();
      received = '';
      constructor() {
        fromEvents(this.poller, 'SYNC_ALL_SUCCESS').subscribe(({ event_type }) => {
          this.received = `${event_type} ${NgZone.isInAngularZone()}`;
        });
      }
    }
    const { page, destroy, text } = await start(component(Page, '{{ received }}'), [
      zoned,
      provideQueuePoller(create),
    ]);
    await expect.poll(() => page.poller?.status).toBe('polling');

    synchronise(one);

    await expect.poll(text).toBe('SYNC_ALL_SUCCESS true');
    destroy();
  });
});

describe('a bridge in an application with a zone', () => {
  test('what is pending is shown, and a reply reaches the widget', async () => {
    const { create } = echoingBridges();
    class Page {
      readonly bridge = injectWidgetBridge();
      readonly snapshot = injectSnapshot(this.bridge);
      readonly replies: unknown[] = [];
      received = 0;
      constructor() {
        this.bridge?.attach({ handlePServerResponse: (reply: unknown) => this.replies.push(reply) }, {});
        fromEvents(this.bridge, 'reply').subscribe(() => {
          this.received += 1;
        });
      }
    }
    const { page, destroy, text } = await start(
      component(Page, '{{ snapshot()?.pending?.length }} pending, {{ received }} received'),
      [zoned, provideWidgetBridge(create)],
    );
    expect(text()).toBe('0 pending, 0 received');

    page.bridge?.delegate['sendRequestToPServer']?.(null, { type: 'getInsights' }, '1');

    await expect.poll(text).toBe('0 pending, 1 received');
    expect(page.replies).toEqual([{ ok: true, body: { type: 'getInsights' } }]);
    destroy();
  });
});

describe('a script in an application with a zone', () => {
  test('S7: waiting triggers no change detection, and the widget is shown', async () => {
    const script = await widgetScript('zonedWidget', { end: 'never' });
    let looks = 0;
    class Page {
      readonly load = injectLoadedWidget<{ name: string }>({ src: script.src, global: 'zonedWidget' });
      ngDoCheck(): void {
        looks += 1;
      }
    }
    const { destroy, text } = await start(component(Page, '{{ load.widget()?.name ?? "loading" }}'), [zoned]);
    expect(text()).toBe('loading');

    const before = looks;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(looks).toBe(before);

    Object.assign(globalThis, { zonedWidget: { name: 'there' } });
    await expect.poll(text).toBe('there');
    destroy();
    forgetWidget();
  });
});
