import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import type { Page } from '../../engines/page.ts';
import { serveBank } from './serve-bank.ts';

async function textOf(page: Page, css: string): Promise<string> {
  return (await page.waitFor((selector) => document.querySelector(selector)?.textContent, css)) ?? '';
}

/** What the built page of a project does against the sandbox: the same with Vue and with Svelte. */
export async function checkPage(engine: Engine, folder: string): Promise<void> {
  const bank = await serveBank(folder);
  onTestFinished(() => bank.close());
  const page = await engine.open(bank.url);
  onTestFinished(() => page.close());
  const answered = expect.objectContaining({ ok: true, numberOfInsights: 6 });

  expect(JSON.parse(await textOf(page, '#insights'))).toEqual([answered, '1']);
  expect(await textOf(page, '#page')).toContain('budgets');

  const { id } = bank.sandbox.linxo.addConnection({ name: 'Kaasmolen Bank' });
  bank.sandbox.linxo.synchronise(id, 'success', { speed: 10 });
  await page.waitFor(() => document.querySelector('li')?.innerText === 'Kaasmolen Bank: up to date');
  await page.waitFor(() => document.querySelector('#reads')?.textContent !== '0');

  await page.click('#ask');
  expect(await textOf(page, '#state')).toBe('polling');

  await page.click('#toggle');
  await page.waitFor(() => !document.querySelector('#insights'));
  await page.click('#toggle');
  expect(JSON.parse(await textOf(page, '#insights'))).toEqual([answered, '2']);

  await checkUnmounted(page);
}

/** After the whole page has been taken down, nothing is sent. */
async function checkUnmounted(page: Page): Promise<void> {
  const count = (): Promise<number> => page.evaluate(() => performance.getEntriesByType('resource').length);
  await page.evaluate('() => unmount()');
  await page.waitFor("() => held.poller.status === 'stopped' && !document.querySelector('#insights')");
  const before = await count();
  await sleep(2_500); // longer than the gap between two polls
  expect(await count()).toBe(before);
}
