import { describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Loaded } from './page.ts';
import { useVendorPage } from './use-vendor-page.ts';

const API = "(window.order ??= []).push('api'); window.personetics = { name: 'the widget' };";
const VIEWS = "(window.order ??= []).push('views'); window.Views = 1;";
const src = ['/first.js', '/second.js'];

describe(`loadWidget with scripts that throw or are late, in ${engineUnderTest}`, () => {
  const { vendor, open, load, loadAll, read, run } = useVendorPage();
  const threw = (message: RegExp): object => ({
    message: expect.stringMatching(message),
    details: { reason: 'threw' },
  });

  it.each([
    ['throws', 'throw new Error("views")'],
    ['is a page', '<!doctype html><p>'],
  ])('S7: a list is not complete if a part after the global %s', async (_what, broken) => {
    await open();
    vendor().serve('/first.js', API);
    vendor().serve('/second.js', [broken, VIEWS]);

    expect(await load({ src })).toMatchObject(
      threw(/second\.js threw an error .* window\.personetics is there, but not complete$/),
    );
    expect(await load({ src })).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['api', 'views']);
  });

  it('S7: a list goes on after a script that throws, if the global comes later', async () => {
    await open();
    vendor().serve('/first.js', 'window.beforeIt = 1; throw new Error("harmless");');
    vendor().serve('/second.js', `setTimeout(() => { ${API} }, 200);`);

    expect(await loadAll([{ src }], [{ src }])).toEqual(Array(2).fill({ widget: 'the widget' }));
    expect(await load({ src })).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['api']);
  });

  it('S7: an error of a listener of the page, which the script calls, is not its own', async () => {
    await open();
    await run(() => {
      addEventListener('ready', () => {
        throw new Error('of the page');
      });
    });
    vendor().serve('/first.js', "window.dispatchEvent(new Event('ready'));");

    expect(await load({ src: '/first.js', timeout: 2_000 })).toMatchObject({
      details: { reason: 'no-global' },
    });
  });

  it('S7: a global that comes after the timeout is taken, and nothing runs twice', async () => {
    await open();
    vendor().serve('/first.js', "(window.order ??= []).push('first');");
    vendor().serve('/second.js', `order.push('second'); window.finish = () => { ${API} };`);

    expect(await load({ src, timeout: 2_000 })).toMatchObject({ details: { reason: 'no-global' } });
    await run('() => finish()');
    expect(await load({ src })).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['first', 'second', 'api']);
  });

  it('S7: while others wait for the global, a script does not run again', async () => {
    await open();
    vendor().serve('/first.js', `(window.order ??= []).push('first'); window.finish = () => { ${API} };`);
    const outcomes = await run(() => {
      const { copies } = globalThis as unknown as { copies: ((options: object) => Promise<Loaded>)[] };
      const call = (options?: object) => copies[0]?.({ src: '/first.js', ...options });
      const again = async (): Promise<Loaded | undefined> => {
        const later = call();
        await new Promise((resolve) => setTimeout(resolve, 100));
        (globalThis as unknown as { finish(): void }).finish();
        return later;
      };
      const patient = call();
      const impatient = call({ timeout: 2_000 });
      return Promise.all([patient, impatient, impatient?.then(again)]);
    });

    const loaded = { widget: 'the widget' };
    expect(outcomes).toEqual([loaded, expect.objectContaining({ code: 'LOAD_FAILED' }), loaded]);
    expect(await read('order')).toEqual(['first', 'api']);
  });

  it('S7: a script that removes its element runs once', async () => {
    await open();
    vendor().serve('/first.js', "document.currentScript.remove(); (window.order ??= []).push('first');");
    vendor().serve('/second.js', 'window.beforeIt = 1;');
    await load({ src, timeout: 2_000 });
    await run("() => void (personetics = { name: 'the widget' })");

    expect(await load({ src })).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['first']);
  });

  it('S7: a failure that came after its only caller had left is not that of the next call', async () => {
    await open();
    vendor().failOnce('/widget.js', 503);
    await run(async () => {
      const { copies } = globalThis as unknown as { copies: ((options: object) => Promise<object>)[] };
      const failed = new Promise((resolve) =>
        addEventListener('error', resolve, { once: true, capture: true }),
      );
      const abort = new AbortController();
      const left = copies[0]?.({ src: '/widget.js', signal: abort.signal });
      setTimeout(() => abort.abort());
      await left;
      await failed;
      await new Promise((resolve) => setTimeout(resolve, 300));
    });

    expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
  });

  it('S7: nothing is left after a timeout', async () => {
    await open();
    await run(() => {
      const [add, remove] = [window.addEventListener, window.removeEventListener];
      const page = window as unknown as { left: number };
      page.left = 0;
      window.addEventListener = function (this: Window, ...args: Parameters<typeof add>) {
        if (args[0] === 'error') page.left += 1;
        return add.apply(this, args);
      } as typeof add;
      window.removeEventListener = function (this: Window, ...args: Parameters<typeof remove>) {
        if (args[0] === 'error') page.left -= 1;
        return remove.apply(this, args);
      } as typeof remove;
    });
    await load({ src: '/held/widget.js', timeout: 100 });

    expect(await read('left')).toBe(0);
  });

  it('S7: a promise, and a value that is no object, are not the widget', async () => {
    await open();
    vendor().serve('/first.js', 'window.personetics = { then() {} };');

    expect(await load({ src: '/first.js' })).toMatchObject({
      code: 'INVALID_OPTIONS',
      details: { option: 'global' },
    });
    await run('() => void (personetics = false)');
    expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
  });
});
