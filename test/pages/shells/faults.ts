import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Shell } from './shell.ts';

const failed = 'A network error occurred - check your network and try again.';

export function testFaults(getShell: () => Shell): void {
  describe('faults', () => {
    let shell: Shell;

    beforeAll(() => {
      shell = getShell();
    });

    beforeEach(() => shell.observed.reset());

    const shown = (): Promise<string | null | undefined> =>
      shell.page.evaluate(
        () =>
          document
            .querySelector('iframe')
            ?.contentDocument?.querySelector('[data-part="insights"] [role="alert"]')?.textContent,
      );

    it.each([
      {
        fault: 'never',
        code: 'TIMEOUT',
        messages: ['sendRequestToPServer', 'sessionError', 'personeticsEvent'],
      },
      { fault: 'no-bridge', code: 'NO_CHANNEL', messages: [] },
    ])('reports $fault to the widget', async ({ fault, code, messages }) => {
      await shell.fault(fault);
      await shell.waitFor('[data-part="insights"][data-state="error"]');
      expect(await shell.rows()).toEqual([{ title: 'getInsights', state: 'failed', code }]);
      expect((await shell.messages()).map(({ name }) => name).reverse()).toEqual(messages);
      expect(await shown()).toBe(failed);
      expect(await shell.complaints()).toBe('');
      expect(await shell.problems()).toEqual([]);
    });

    it('works again after a reload, and waits for a bridge that loads late', async () => {
      await shell.reload(async () => {
        await shell.page.click('#messages-clear');
        await shell.page.click('[data-fault="late-bridge"]');
        await shell.waitFor('html:not([data-old]) #activity [data-state="pending"]');
      });
      expect((await shell.rows()).filter(({ state }) => state !== 'answered')).toEqual([]);
      expect((await shell.messages()).filter(({ direction }) => direction === 'inward')).toHaveLength(6);
      expect((await shell.requestsInside()).filter((path) => path.startsWith('/session/'))).toEqual([]);
      expect(await shell.problems()).toEqual([]);
    });

    it('finds its bridge again after a navigation to its own address', async () => {
      await shell.reload(() => shell.clickInside('.brand'));
      expect((await shell.rows()).filter(({ state }) => state !== 'answered')).toEqual([]);
      expect((await shell.requestsInside()).filter((path) => path.startsWith('/session/'))).toEqual([]);
      expect(await shell.problems()).toEqual([]);
    });
  });
}
