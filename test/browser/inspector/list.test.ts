import { describe, expect, test } from 'vitest';
import { painted, show } from './shown.ts';

describe('the list', () => {
  test('shows what is pending, and then how it ended', async () => {
    const shown = show();
    shown.send('getInsights');
    shown.send('getAccounts', 'ob');
    await expect
      .poll(shown.lines)
      .toEqual(['getInsights, PServer, in flight', 'getAccounts, Open Banking, in flight']);
    shown.transport.last.context.attempt?.({ state: 'token', count: 0 });
    await expect.poll(shown.lines).toContain('getAccounts, Open Banking, waits for a token');
    shown.transport.last.context.attempt?.({ state: 'retry', count: 1, status: 503, retryIn: 9 });
    await expect.poll(shown.lines).toContain('getAccounts, Open Banking, waits for a retry');
    shown.transport.sent[0]?.answer({ ok: true });
    shown.transport.last.fail(new Error('broken'));
    await expect
      .poll(shown.lines)
      .toEqual(['getInsights, PServer, answered', 'getAccounts, Open Banking, failed: NETWORK']);
    expect(shown.find('.facts').textContent).toMatch(/Pending0Answered1Failed1/);
  });

  test('B2 shows what was answered late', async () => {
    const shown = show({ timeout: 1 });
    shown.send('getSlow');
    await expect.poll(shown.lines).toEqual(['getSlow, PServer, failed: TIMEOUT']);
    shown.bridge.handlePServerResponse({}, shown.transport.last.request.requestId);
    await expect.poll(shown.lines).toEqual(['getSlow, PServer, answered late: TIMEOUT']);
    expect(shown.rows()[0]?.dataset['tone']).toBe('odd');
  });

  test('B2 shows what was answered twice, which says nothing against the timeout', async () => {
    const shown = show();
    shown.send('getInsights');
    shown.transport.last.answer({ ok: true });
    await expect.poll(shown.lines).toEqual(['getInsights, PServer, answered']);
    shown.bridge.handlePServerResponse({}, shown.transport.last.request.requestId);
    await expect.poll(shown.lines).toEqual(['getInsights, PServer, answered twice']);
    shown.rows()[0]?.click();
    await expect.poll(shown.details).toMatch(/got only the first.*another reply/);
  });

  test('shows the details of what is clicked, and what it means', async () => {
    const shown = show();
    shown.send('getInsights');
    shown.transport.last.context.attempt?.({ state: 'token', count: 0 });
    await expect.poll(() => shown.rows().length).toBe(1);
    shown.rows()[0]?.click();
    await expect.poll(shown.details).toMatch(/waits for a token.*It has not been sent/);
    expect(shown.rows()[0]?.ariaSelected ?? shown.rows()[0]?.getAttribute('aria-selected')).toBe('true');
  });

  test('is filtered by words and by choice', async () => {
    const shown = show();
    for (const type of ['getInsights', 'getAccounts', 'rate']) shown.send(type);
    shown.transport.last.fail(new Error('broken'));
    await expect.poll(() => shown.lines().length).toBe(3);

    const search = shown.find<HTMLInputElement>('input');
    search.value = 'getacc';
    search.dispatchEvent(new Event('input'));
    await expect.poll(shown.lines).toEqual(['getAccounts, PServer, in flight']);
    search.value = 'nothing of the kind';
    search.dispatchEvent(new Event('input'));
    await expect.poll(() => shown.find('.nothing').hidden).toBe(false);
    search.value = '';
    search.dispatchEvent(new Event('input'));
    const choice = shown.find<HTMLSelectElement>('.bar select');
    choice.value = 'trouble';
    choice.dispatchEvent(new Event('change'));
    await expect.poll(shown.lines).toEqual(['rate, PServer, failed: NETWORK']);
    expect(shown.inspector.report()).not.toContain('getAccounts');
  });

  test('stands still while it is paused, and catches up', async () => {
    const shown = show();
    shown.send('getInsights');
    await expect.poll(() => shown.lines().length).toBe(1);
    shown.button('Pause').click();
    shown.transport.last.answer({ ok: true });
    shown.send('getAccounts');
    await painted(shown);
    shown.find('.list').dispatchEvent(new Event('scroll'));
    await painted(shown);
    expect(shown.lines()).toEqual(['getInsights, PServer, in flight']);
    expect(shown.button('Pause').getAttribute('aria-pressed')).toBe('true');
    expect(shown.inspector.report()).toContain('1 pending, 0 answered');

    shown.button('Pause').click();
    await expect
      .poll(shown.lines)
      .toEqual(['getInsights, PServer, answered', 'getAccounts, PServer, in flight']);
  });

  test('is cleared of what has ended', async () => {
    const shown = show();
    shown.send('getInsights');
    shown.send('getAccounts');
    shown.transport.last.answer({ ok: true });
    await expect.poll(() => shown.lines().length).toBe(2);
    shown.button('Clear').click();
    await expect.poll(shown.lines).toEqual(['getInsights, PServer, in flight']);
  });
});

describe('without a mouse', () => {
  test('the arrow keys go through the list, and the details follow', async () => {
    const shown = show();
    for (const type of ['one', 'two', 'three']) shown.send(type);
    await expect.poll(() => shown.lines().length).toBe(3);
    const list = shown.find('.list');
    const active = () => {
      const id = list.getAttribute('aria-activedescendant');
      return id ? shown.find(`#${id}`).querySelector('.name')?.textContent : undefined;
    };
    list.focus();
    expect(active()).toBeUndefined();
    shown.press('ArrowDown');
    await expect.poll(active).toBe('three');
    shown.press('ArrowUp', 'ArrowUp');
    await expect.poll(active).toBe('one');
    await expect.poll(shown.details).toContain('one, PServer');
    shown.press('ArrowUp');
    await expect.poll(active).toBe('one');
    shown.press('End');
    await expect.poll(active).toBe('three');
    shown.press('Home');
    await expect.poll(active).toBe('one');
    shown.press('Escape');
    await expect.poll(active).toBeUndefined();
    await expect.poll(shown.details).toContain('Choose a line');
  });

  test('the selected entry is scrolled into view, and keys of other elements are ignored', async () => {
    const shown = show();
    for (let count = 0; count < 300; count += 1) shown.send(`command${count}`);
    await expect.poll(shown.lines).toContain('command299, PServer, in flight');
    shown.find('.list').focus();
    shown.press('Home');
    await expect.poll(shown.lines).toContain('command0, PServer, in flight');
    shown.press('PageDown');
    await expect.poll(() => shown.find('[aria-selected="true"]').getAttribute('aria-posinset')).not.toBe('1');
    const event = new KeyboardEvent('keydown', { key: 'a', cancelable: true });
    shown.find('.list').dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  test('each line says where it stands among all', async () => {
    const shown = show();
    for (let count = 0; count < 300; count += 1) shown.send('getInsights');
    await expect.poll(shown.lines).not.toEqual([]);
    const last = shown.rows().find((row) => row.getAttribute('aria-posinset') === '300');
    expect(last?.getAttribute('aria-setsize')).toBe('300');
    expect(shown.rows().length).toBeLessThan(30);
  });
});
