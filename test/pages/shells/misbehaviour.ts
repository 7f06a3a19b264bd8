import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Shell } from './shell.ts';

const failed = 'A network error occurred - check your network and try again.';

export function testMisbehaviour(getShell: () => Shell): void {
  describe('which misbehaves', () => {
    let shell: Shell;

    beforeAll(() => {
      shell = getShell();
    });

    beforeEach(() => shell.observed.reset());

    const told = (): Promise<string | null | undefined> =>
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
    ])('tells the widget of $fault', async ({ fault, code, messages }) => {
      await shell.misbehave(fault);
      await shell.present('[data-part="insights"][data-state="error"]');
      expect(await shell.rows()).toEqual([{ title: 'getInsights', state: 'failed', code }]);
      expect((await shell.messages()).map(({ name }) => name).reverse()).toEqual(messages);
      expect(await told()).toBe(failed);
      expect(await shell.complaints()).toBe('');
      expect(await shell.problems()).toEqual([]);
    });

    it('is all right again when it is loaded anew, waits for a bridge that comes late, and needs nothing else', async () => {
      await shell.again(async () => {
        await shell.page.click('#messages-clear');
        await shell.page.click('[data-fault="late-bridge"]');
        await shell.present('html:not([data-old]) #activity [data-state="pending"]');
      });
      expect((await shell.rows()).filter(({ state }) => state !== 'answered')).toEqual([]);
      expect((await shell.messages()).filter(({ direction }) => direction === 'inward')).toHaveLength(6);
      expect((await shell.askedInside()).filter((path) => path.startsWith('/session/'))).toEqual([]);
      expect(await shell.problems()).toEqual([]);
    });

    it('finds its bridge again after it has gone to its own address', async () => {
      await shell.again(() => shell.clickInside('.brand'));
      expect((await shell.rows()).filter(({ state }) => state !== 'answered')).toEqual([]);
      expect((await shell.askedInside()).filter((path) => path.startsWith('/session/'))).toEqual([]);
      expect(await shell.problems()).toEqual([]);
    });
  });
}
