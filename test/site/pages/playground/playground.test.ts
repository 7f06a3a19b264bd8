import { afterEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../../engines/engine-under-test.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { PlaygroundPage } from './playground-page.ts';
import { PlaygroundSite } from './playground-site.ts';

describe(`the playground below a path, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSite = useForSuite(() => PlaygroundSite.open());
  let playground: PlaygroundPage;

  const open = async (query = ''): Promise<PlaygroundPage> => {
    playground = await PlaygroundPage.open(getEngine(), getSite().address(query));
    return playground;
  };

  afterEach(async () => {
    await playground.close();
    getSite().observed.reset();
  });

  it('shows answered requests before anything is touched, and asks the server for nothing but files', async () => {
    const { page } = await open();
    expect(await playground.words('left-out')).toBe('');
    expect(await playground.words('problem')).toBe('');
    await playground.waitInBank(({ document }) => document.querySelector('.sync'));
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(page)).toEqual([]);
  });

  it('shows the bank’s page anew after each choice, and keeps it in the address', async () => {
    const { page } = await open('?sync=none');
    await playground.set('shownIn', 'flutter');
    await playground.says('bank-place', 'in a Flutter app');
    await playground.set('widget', 'c');
    await playground.set('replies', 'base64');
    await playground.set('timeout', '1500');
    await playground.set('seed', '7');
    await playground.answered();
    expect(await playground.search()).toBe(
      '?in=flutter&widget=c&replies=base64&timeout=1500&sync=none&seed=7',
    );
    const shown = await playground.inBank((bank) => ({
      shape: bank.document.querySelector<HTMLElement>('#widget-root')?.dataset['callShape'],
      hasQueue: Boolean(bank.playground?.poller),
    }));
    expect(shown).toEqual({ shape: 'c', hasQueue: false });
    await playground.set('synchronisation', 'credentials-refused');
    await playground.set('speed', '100');
    await playground.waitInBank(({ document }) => document.querySelector('.sync[data-phase="action"]'));
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(page)).toEqual([]);
  });

  it('refuses a number outside of its limits, and goes on as before', async () => {
    await open('?sync=none');
    await playground.choose('timeout', '0');
    expect(await playground.search()).toBe('?sync=none');
    expect(
      await playground.page.evaluate(() => document.getElementById('timeout')?.getAttribute('aria-invalid')),
    ).toBe('true');
    await playground.set('timeout', '900');
    expect(await playground.search()).toBe('?timeout=900&sync=none');
  });

  it('adds a fault by its form, which makes requests fail, and removes it', async () => {
    const { page } = await open('?sync=none');
    await playground.choose('fault-kind', 'error');
    await playground.choose('fault-server', 'pserver');
    await playground.choose('fault-status', '503');
    await playground.choose('fault-count', '40');
    await playground.restart(() => page.click('#fault-form [type="submit"]'));
    expect(await playground.search()).toContain('fault=error,');
    await playground.says('fault-list', 'pserver');
    await playground.notice('failure', 'failed.');
    await page.waitFor(() =>
      document.querySelector('bankside-inspector')?.shadowRoot?.textContent?.includes('HTTP'),
    );
    await playground.restart(() => page.click('.fault-remove'));
    expect(await playground.search()).toBe('?sync=none');
    await playground.answered();
    expect(await playground.inBank(({ document }) => document.querySelector('[data-notice="failure"]'))).toBe(
      null,
    );
  });

  it('says in one line why a fault cannot be added', async () => {
    const { page } = await open('?sync=none');
    await playground.choose('fault-kind', 'slow');
    await playground.choose('fault-ms', '-1');
    await page.click('#fault-form [type="submit"]');
    await playground.says('fault-error', 'must be');
    expect(await playground.search()).toBe('?sync=none');
  });

  it('opens a link as it was sent, also after a reload', async () => {
    const query = '?in=ios&widget=b&timeout=2000&sync=none&seed=3&fault=slow,ms=100,server=enrich';
    await open(query);
    for (let turn = 0; turn < 2; turn++) {
      const values = await Promise.all(
        ['shownIn', 'widget', 'timeout', 'synchronisation', 'seed'].map((id) => playground.valueOf(id)),
      );
      expect(values).toEqual(['ios', 'b', '2000', 'none', '3']);
      expect(await playground.search()).toBe(query);
      await playground.page.goto(getSite().address(query));
      await playground.answered();
    }
  });

  it('goes back and forward between the examples', async () => {
    const { page } = await open('?sync=none');
    await playground.restart(() => page.click('#examples a[href="?in=ios"]'));
    expect(await playground.search()).toBe('?in=ios');
    await playground.restart(() => page.evaluate(() => history.back()));
    expect(await playground.search()).toBe('?sync=none');
    expect(await playground.valueOf('shownIn')).toBe('browser');
    await playground.restart(() => page.evaluate(() => history.forward()));
    expect(await playground.valueOf('shownIn')).toBe('ios');
  });

  it('opens a link that it cannot read with the defaults, and says what it left out, as text', async () => {
    const { page } = await open(
      '?colour=red&in=iso&seed=5&fault=slwo&sync=none&<img src=x onerror=alert(1)>=1',
    );
    const words = await playground.words('left-out');
    expect(words).toMatch(
      /^Left out of the link: colour \(not a setting\); in=iso \(did you mean ios\?\); fault=slwo \(did you mean slow\?\); <img/,
    );
    expect(await playground.valueOf('shownIn')).toBe('browser');
    expect(await playground.valueOf('seed')).toBe('5');
    expect(await page.evaluate(() => document.querySelectorAll('#left-out *').length)).toBe(0);
    expect(await getSite().observed.problems(page)).toEqual([]);
    await playground.set('seed', '6');
    expect(await playground.words('left-out')).toBe('');
    expect(await playground.search()).toBe('?sync=none&seed=6');
  });

  it('copies the link, and each file of the code for what was chosen', async () => {
    const { page } = await open('?in=android&sync=none');
    await page.evaluate(() => {
      const copied: string[] = [];
      Object.assign(globalThis, { copied });
      Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: { writeText: async (text: string) => void copied.push(text) },
      });
    });
    await page.click('#copy-link');
    await playground.says('status', 'copied');
    await page.click('#code-tab');
    await page.click('#code input[value="react"]');
    await page.waitFor(() => /use[A-Z]/.test(document.getElementById('code-files')?.textContent ?? ''));
    await page.click('#code-files button');
    await page.waitFor(() => (globalThis as unknown as { copied: string[] }).copied.length === 2);
    const { copied, shown } = await page.evaluate(() => ({
      copied: (globalThis as unknown as { copied: string[] }).copied,
      shown: document.querySelector('#code-files code')?.textContent,
    }));
    expect(copied).toEqual([getSite().address('?in=android&sync=none'), shown]);
    expect(shown).toContain('bankside');
    expect(await playground.search()).toBe('?in=android&sync=none&code=react');
  });

  it('starts the bank’s page again with the same settings', async () => {
    const { page } = await open('?seed=4&sync=none');
    await playground.restart(() => page.click('#restart'));
    await playground.answered();
    expect(await playground.search()).toBe('?seed=4&sync=none');
  });

  it('leaves the other pages of the site to the network', async () => {
    const { page } = await open('?sync=none');
    await page.goto(getSite().page('vanilla.html'));
    const isControlled = await page.evaluate(() => Boolean(navigator.serviceWorker?.controller));
    expect(isControlled).toBe(false);
    expect(await page.evaluate(async () => (await fetch('playground/api/session/token')).status)).toBe(404);
  });
});

describe(`the playground where there are no service workers, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSite = useForSuite(() => PlaygroundSite.open({ scripts: ['/no-worker.js'] }));

  it('runs the sandbox in the page, and says so', async () => {
    const playground = await PlaygroundPage.open(getEngine(), getSite().address('?speed=100'));
    await playground.notice('place', 'This window has no service workers.');
    await playground.waitInBank(({ document }) => document.querySelector('.sync[data-phase="success"]'));
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(playground.page)).toEqual([]);
    await playground.close();
  });
});
