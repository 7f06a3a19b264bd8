import { beforeAll, describe, expect, it } from 'vitest';
import type { Example } from './example.ts';
import { WatchedBank } from './watched-bank.ts';

declare global {
  /** What the live region has said, in the page. */
  var said: string[];
}

export function testSynchronisation(getExample: () => Example): void {
  describe('a bank that is linked', () => {
    let bank: WatchedBank;

    beforeAll(async () => {
      bank = await WatchedBank.on(getExample());
    });

    const height = (): Promise<number | undefined> =>
      bank.example.page.evaluate(() => document.querySelector<HTMLElement>('.sync')?.offsetHeight);

    const headingHasFocus = (): Promise<boolean> =>
      bank.example.page.waitFor(() => document.activeElement?.matches('.sync h3') ?? false);

    it('is watched to its end: a lane for each channel, events as they come, and no chatter', async () => {
      const { page } = bank.example;
      await page.evaluate(() => {
        globalThis.said = [];
        const region = document.querySelector('#connections-status') as Element;
        new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, { childList: true });
      });
      await bank.link('success');
      await headingHasFocus();
      const before = await height();
      await bank.phase('success');
      for (const kind of ['REDIRECT', 'EMBEDDED']) {
        await bank.example.present(`[data-kind="${kind}"] [data-step="SYNC_ALL_SUCCESS"]`);
      }

      const names = (kind: string): Promise<readonly string[]> =>
        bank.steps(kind).then((steps) => steps.map(({ name }) => name));
      expect(await names('REDIRECT')).toEqual([
        'SYNC_ALL_STARTED',
        'LIST_ACCOUNTS',
        'TRANSACTIONS_READ',
        'SYNC_ALL_SUCCESS',
      ]);
      expect(await names('EMBEDDED')).toEqual([
        'SYNC_ALL_STARTED',
        'LOGIN_SUCCEEDED',
        'LIST_ACCOUNTS',
        'TRANSACTIONS_READ',
        'SYNC_ALL_SUCCESS',
      ]);
      await bank.example.says('#connections-status', 'Your accounts at Kaasmolen Bank are up to date.');
      expect(new Set((await page.evaluate(() => said)).flatMap((text) => text.split(/(?<=\.) /)))).toEqual(
        new Set(['Kaasmolen Bank is being updated.', 'Your accounts at Kaasmolen Bank are up to date.']),
      );
      expect(await height()).toBe(before);
      expect(await bank.example.problems()).toEqual([]);
    });

    it('shows its accounts in the widget when that is asked for', async () => {
      await bank.example.page.click('[data-sync="accounts"]');
      await bank.example.page.waitFor(() => document.activeElement?.id === 'part-linked');
      await bank.example.part('linked', 'ready');
      await bank.example.absent('[data-status="PENDING"]');
      expect(await bank.example.problems()).toEqual([]);
    });

    it.each([
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ])('new rows in the log move nothing around it, in a window of $width pixels', async (viewport) => {
      const { page } = bank.example;
      await page.resize(viewport);
      await page.evaluate(() => document.querySelector('#next-sync')?.scrollIntoView({ block: 'center' }));
      const top = (): Promise<number | undefined> =>
        page.evaluate(() => document.querySelector('#next-sync')?.getBoundingClientRect().top);
      const before = await top();
      for (const event of ['FIRST_NEWS', 'SECOND_NEWS', 'THIRD_NEWS']) {
        bank.linxo.publish(bank.id, { event, channel: 'REDIRECT' });
        await bank.notes(event);
      }
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
      expect(await top()).toBe(before);
      await page.resize({ width: 1280, height: 800 });
    });

    it('asks for a code, and the prompt goes when it was entered', async () => {
      const { page } = bank.example;
      const before = await height();
      await bank.againWithCode();
      await bank.example.says('#connections-status', 'Kaasmolen Bank has sent you a code.');
      expect(await height()).toBe(before);

      await page.type('.code', '123456');
      await page.press('Enter');
      await bank.example.absent('.prompt');
      await headingHasFocus();
      await bank.phase('success');
      expect(await bank.example.problems()).toEqual([]);
    });

    it('keeps what was typed while other events come, and takes the prompt away when the bank resolves it', async () => {
      const { page } = bank.example;
      await bank.againWithCode();
      await page.type('.code', '12');
      bank.linxo.publish(bank.id, { event: 'SOMETHING_NEW', channel: 'REDIRECT' });
      await bank.example.present('[data-kind="REDIRECT"] [data-step="SOMETHING_NEW"]');
      expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('.code')?.value)).toBe('12');

      await page.click('#confirm-there');
      await bank.example.absent('.prompt');
      await bank.phase('success');
      expect(await bank.example.problems()).toEqual([]);
    });

    it('says that the sign-in was refused, and goes on once it is mended', async () => {
      await bank.again('credentials-refused');
      await bank.prompt('AUTH_FAILED');
      await bank.example.says('#connections-status', 'Kaasmolen Bank refused your sign-in.');
      await bank.example.page.click('[data-remedy="sign-in"]');
      await bank.phase('success');
      await bank.example.absent('.prompt');
      expect(await bank.example.problems()).toEqual([]);
    });

    it('sends the customer to the bank for a new consent, and follows the same queue when they are back', async () => {
      const { page } = bank.example;
      await bank.again('consent-expired');
      await bank.prompt('TOKEN_EXPIRED');
      await bank.example.present('[data-kind="EMBEDDED"][data-status="SUCCESS"]');
      const queue = await bank.example.text('#poller-queue');
      bank.example.server.sandbox?.clearLog();

      await page.click('[data-remedy="visit"]');
      await page.waitFor(() => document.querySelector('#bank')?.textContent === 'Kaasmolen Bank');
      await page.click('#done');
      await bank.phase('success');
      expect(await bank.example.text('#poller-queue')).toBe(queue);
      expect(bank.asked.filter(({ type }) => type === 'subscribe')).toEqual([]);
      expect(await page.evaluate(() => location.search)).toBe('');
      expect(await bank.example.problems({ requests: bank.example.readsCutOff() })).toEqual([]);
    });

    it('goes on being watched after a reload in the middle', async () => {
      for (const channel of ['EMBEDDED', 'REDIRECT']) {
        bank.linxo.publish(bank.id, { event: 'SYNC_ALL_STARTED', channel });
      }
      // Not the phase alone: a look at the connection may tell it before the events are read.
      for (const channel of ['EMBEDDED', 'REDIRECT']) {
        await bank.example.present(`[data-kind="${channel}"] [data-step="SYNC_ALL_STARTED"]`);
      }
      await bank.phase('running');
      bank.example.server.sandbox?.clearLog();

      await bank.example.page.goto(bank.example.observed.url);
      await bank.phase('running');
      for (const [kind, other] of [
        ['EMBEDDED', 'running'],
        ['REDIRECT', 'success'],
      ] as const) {
        bank.linxo.publish(bank.id, { event: 'SYNC_ALL_SUCCESS', channel: kind });
        await bank.example.present(`[data-kind="${kind}"] [data-step="SYNC_ALL_SUCCESS"]`);
        await bank.phase(other);
      }
      expect((await bank.steps('REDIRECT')).map(({ name }) => name)).not.toContain('SYNC_ALL_STARTED');
      expect(bank.asked.filter(({ type }) => type === 'subscribe')).toEqual([]);
      expect(await bank.example.problems({ requests: bank.example.readsCutOff() })).toEqual([]);
    });

    it('tells a part from the whole, and a failure from both', async () => {
      await bank.again('partial-success');
      await bank.phase('partial');
      await bank.example.says('.sync-message', 'We could not read everything at Kaasmolen Bank.');

      const ended = { event: 'SYNC_ALL_ENDED', status: 'SERVER_ERROR', connectionStatus: 'FAILED' };
      for (const channel of ['EMBEDDED', 'REDIRECT']) bank.linxo.publish(bank.id, { ...ended, channel });
      await bank.phase('failed');
      await bank.example.says('.sync-message', 'Kaasmolen Bank could not be read.');
      expect(await bank.example.problems()).toEqual([]);
    });

    it('is out of the way when its card is closed, and back when it begins again', async () => {
      await bank.example.page.click('[data-sync="close"]');
      await bank.example.absent('.sync');
      expect(
        await bank.example.page.evaluate(
          () => document.querySelector<HTMLElement>('#connections-none')?.hidden,
        ),
      ).toBe(false);
      bank.linxo.synchronise(bank.id, 'success', { speed: 30 });
      await bank.phase('success');
      expect(await bank.example.problems()).toEqual([]);
    });
  });
}
