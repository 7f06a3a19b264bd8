import { afterEach, describe, expect, it } from 'vitest';
import type { PlaygroundWindow } from '../../../../../site/playground/bank/playground-window.ts';
import { engineUnderTest } from '../../../../engines/engine-under-test.ts';
import { launch } from '../../../../engines/launch.ts';
import type { Chromium } from '../../../../engines/puppeteer-engine.ts';
import { useForSuite } from '../../../../harness/use-for-suite.ts';
import { BankPage } from './bank-page.ts';
import { BankSite } from './bank-site.ts';

describe(`the bank’s page of the playground, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSite = useForSuite(() => BankSite.open());
  let bank: BankPage | undefined;

  const open = async (settings: object, file?: string): Promise<BankPage> => {
    bank = await BankPage.open(getEngine(), getSite(), settings, file);
    return bank;
  };

  afterEach(async () => {
    await bank?.close();
    bank = undefined;
    getSite().observed.reset();
  });

  it('shows answered requests, and none of them leaves the browser', async () => {
    const { page } = await open({});
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(page)).toEqual([]);
  });

  it.each(['ios', 'android', 'react-native', 'flutter'])('is shown in an app for %s', async (shownIn) => {
    const shown = await open({ shownIn, synchronisation: 'success' });
    await shown.phase('success');
    expect(await shown.complaints()).toEqual([]);
    expect(getSite().strayRequests()).toEqual([]);
  });

  it.each(['shipped', 'a', 'b', 'c', 'd', 'e', 'f'])('has a widget of the build %s', async (widget) => {
    const shown = await open({ widget, replies: 'base64' });
    expect(await shown.complaints()).toEqual([]);
    const shape = await shown.page.evaluate(
      () => document.querySelector<HTMLElement>('#widget-root')?.dataset['callShape'],
    );
    expect(shape).toBe(widget === 'shipped' ? 'a' : widget);
  });

  it.each([
    [{ kind: 'slow', ms: 300 }, 'reply'],
    [{ kind: 'error', status: 503, body: 'html', count: 9 }, 'HTTP'],
    [{ kind: 'never' }, 'TIMEOUT'],
    [{ kind: 'garbage' }, 'INVALID_RESPONSE'],
    [{ kind: 'network' }, 'reply'],
    [{ kind: 'network', count: 9 }, 'NETWORK'],
    [{ kind: 'stale-token' }, 'reply'],
    [{ kind: 'base64' }, 'reply'],
  ])('has the fault %j: a request ends with %s', async (fault, end) => {
    const scope = { server: 'pserver', type: 'getInboxInsights' };
    // Retries take their time, and more of it on a busy machine: only a server that never answers is to reach the limit.
    const timeout = end === 'TIMEOUT' ? 3_000 : 60_000;
    const shown = await open({ faults: [{ ...scope, ...fault }], timeout });
    expect(await shown.ask('getInboxInsights')).toMatchObject({ end });
    expect((await shown.ask('getInboxInsights')).end).toBe('count' in fault ? end : 'reply');
  });

  it('gets the second reply of a server, and drops it', async () => {
    const shown = await open({
      faults: [{ kind: 'twice', ms: 400, server: 'pserver', type: 'getInsights' }],
    });
    await shown.page.waitFor(() =>
      (globalThis as unknown as PlaygroundWindow).playground?.bridge?.recentEvents.some(
        ({ kind }) => kind === 'orphan',
      ),
    );
    expect(await shown.complaints()).toEqual([]);
  });

  it('gets a reply that comes outside of HTTP', async () => {
    const faults = [{ kind: 'late', ms: 300, server: 'pserver', type: 'getInsights' }];
    const shown = await open({ faults, shownIn: 'flutter', widget: 'c' });
    expect(await shown.complaints()).toEqual([]);
  });

  it('S5: follows a synchronisation that asks for a code, which the user enters', async () => {
    const shown = await open({ synchronisation: 'sms-challenge' });
    await shown.phase('action');
    await shown.page.type('.code', '1234');
    await shown.page.press('Enter');
    await shown.phase('success');
    expect(getSite().strayRequests()).toEqual([]);
  });

  it('does what the user would do at the other bank, when the button is pressed', async () => {
    const shown = await open({ synchronisation: 'consent-expired' });
    await shown.phase('action');
    await shown.page.click('[data-remedy="sign-in"]');
    await shown.phase('success');
    expect(await shown.page.evaluate(() => location.pathname)).toMatch(/bank\.html$/);
  });

  it('gets a new sandbox when the worker has lost it, and says so', async () => {
    const shown = await open({});
    getSite().publishWorker();
    await shown.page.evaluate(async () => {
      const changed = new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      );
      await (await navigator.serviceWorker.getRegistration())?.update();
      await changed;
    });
    expect((await shown.ask('getInboxInsights')).end).toBe('reply');
    await shown.notice('place', 'A new one has begun');
    expect(getSite().strayRequests()).toEqual([]);
  });

  /** As browsers do with one that has been idle. */
  it.runIf(engineUnderTest === 'chromium')('goes on when the browser has ended the worker', async () => {
    const shown = await open({ synchronisation: 'success' });
    await shown.phase('success');
    const devtools = await (getEngine() as Chromium).devtools(shown.page);
    await devtools.send('ServiceWorker.enable');
    await devtools.send('ServiceWorker.stopAllWorkers');
    expect((await shown.ask('getInboxInsights')).end).toBe('reply');
    await shown.notice('place', 'A new one has begun');
    await shown.page.click('[data-notice="place"] button');
    await shown.ready();
    await shown.phase('success');
    expect(getSite().strayRequests()).toEqual([]);
  });

  it('runs the sandbox itself where there are no service workers', async () => {
    const shown = await open(
      { synchronisation: 'success', shownIn: 'react-native' },
      'bank-without-worker.html',
    );
    await shown.notice('place', 'This window has no service workers.');
    await shown.phase('success');
    expect(await shown.complaints()).toEqual([]);
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(shown.page)).toEqual([]);
  });
});
