import { beforeAll, describe, expect, it } from 'vitest';
import type { Shell } from './shell.ts';

const names = ['Browser', 'iOS', 'Android', 'React Native', 'Flutter'];
const hrefs = ['/', ...['ios', 'android', 'react-native', 'flutter'].map((name) => `/shell.html?in=${name}`)];

/** @param getShell An app that is ready. */
export function testSwitch(getShell: () => Shell): void {
  describe('the switch', () => {
    let shell: Shell;

    beforeAll(() => {
      shell = getShell();
    });

    const places = (): Promise<readonly { name: string; href: string }[]> =>
      shell.page.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>('#shown-in a')].map(
          ({ textContent: name, pathname, search }) => ({ name, href: pathname + search }),
        ),
      );

    async function goTo(name: string): Promise<void> {
      await shell.page.click(`#shown-in a:nth-of-type(${names.indexOf(name) + 1})`);
      await shell.page.waitFor(
        (text) => document.querySelector('#shown-in [aria-current="page"]')?.textContent === text,
        name,
      );
    }

    const isInTheFrame = (): Promise<boolean | undefined> =>
      shell.page.evaluate(() => {
        const inside = document.querySelector('iframe')?.contentDocument;
        return inside?.querySelector<HTMLElement>('#shown-in')?.checkVisibility();
      });

    it('leads from an app to the browser and back, and is not shown in the page inside an app', async () => {
      const before = await places();
      expect(before).toEqual(names.map((name, i) => ({ name, href: hrefs[i] })));
      await goTo('Browser');
      await shell.page.waitFor(() => document.querySelector('[data-part="linked"][data-state="ready"]'));
      expect(await places()).toEqual(before);

      await goTo('React Native');
      await shell.ready();
      expect(await shell.page.evaluate(() => document.title)).toBe('React Native · Elsewhere Bank');
      expect(await places()).toEqual(before);
      expect(await isInTheFrame()).toBe(false);
      // Leaving a page aborts its reads of the queue, and its push channel.
      const aborted = shell.observed.requests.flatMap(({ path, status }) =>
        status === 'aborted' && /^\/(linxo|sandbox\/replies)/.test(path) ? [{ path, status } as const] : [],
      );
      expect(await shell.problems({ requests: aborted })).toEqual([]);
    });
  });
}
