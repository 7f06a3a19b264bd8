import type { Example } from './example.ts';

/** What a customer does in the widget, each until it is done. */

export async function readInsight(example: Example): Promise<void> {
  await example.page.click('.carousel-slide:not([inert]) [data-action="details"]');
  await example.part('insight-story', 'ready');
  await example.present('.stars[data-state="ready"]');
  await example.page.click('[data-modal="insight"] .modal-close');
  await example.absent('dialog');
}

/**
 * Types into the empty field, and presses Enter as for a search: on a busy machine there are results to what was typed until then already, and they are
 * exchanged for others at any moment, under the pointer too.
 */
export async function searchBank(example: Example, query: string): Promise<void> {
  await example.page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#bank-search');
    if (field) field.value = '';
  });
  await example.page.type('#bank-search', query);
  await example.page.press('Enter');
  await example.part('bank-results', 'ready');
}

/** Searches, goes through the other bank's step, and looks again until that bank has confirmed. */
export async function linkBank(example: Example, query: string, institutionId: string): Promise<void> {
  const { page } = example;
  await searchBank(example, query);
  await page.click(`[data-institution="${institutionId}"]`);
  await page.click('[data-done]');
  // The page goes down to what comes of it.
  await page.waitFor(() => document.activeElement?.matches('.sync:first-child h3'));
  await page.click('[data-status="PENDING"] [data-action="check"]');
  await example.absent('[data-status="PENDING"]');
  await example.ready();
}

/** Says that it is meant, when it is asked. */
export async function unlinkBank(example: Example, login: string): Promise<void> {
  await example.page.click(`[data-login="${login}"] [data-action="unlink"]`);
  await example.page.click('[data-modal="unlink"] [value="confirm"]');
  await example.absent(`[data-login="${login}"]`);
  await example.ready();
}
