import { describe, expect, it, onTestFinished } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import type { Loaded } from './page.ts';
import { NONCE, useVendorPage } from './use-vendor-page.ts';
import { INTEGRITY } from './vendor.ts';

const PARTS = ['/jquery.js', '/vendors.js', '/api.js', '/views.js'];

describe(`loadWidget in ${engineUnderTest}`, () => {
  const { vendor, bank, elsewhere, open, load, loadAll, addOwn, read, run } = useVendorPage();

  describe('S7: resolves with the widget', () => {
    it('S7: adds the script once, also for two copies of the package that ask at once', async () => {
      await open({ head: '<script src="/page.js"></script>' });

      const all = await loadAll(
        [{ src: '/widget.js' }],
        [{ src: '/widget.js' }],
        [{ src: `${bank()}/widget.js#part` }, 1],
      );
      const later = await load({ src: '/widget.js' }, 1);

      expect([...all, later]).toEqual(Array(4).fill({ widget: 'the widget' }));
      expect(vendor().asked).toEqual(['/widget.js']);
      expect(await read('order')).toEqual(['widget']);
    });

    it('S7: adds nothing if the page has the script or the widget', async () => {
      await open();
      await addOwn('/held/widget.js');
      const waiting = load({ src: '/held/widget.js' });
      await expect.poll(() => vendor().count('/held/widget.js')).toBe(1);
      vendor().release('/widget.js');

      expect(await waiting).toEqual({ widget: 'the widget' });
      expect(await load({ src: '/missing.js' })).toEqual({ widget: 'the widget' });
      expect(vendor().asked).toEqual(['/held/widget.js']);
    });

    it('S7: a script that a tool has disabled, and an element with the name of the global, are not the widget', async () => {
      await open({
        head: '<script type="text/plain" src="/widget.js"></script>',
        body: '<div id="personetics"></div><iframe name="personetics"></iframe>',
      });

      expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
    });

    it('S7: runs a list in order, and resolves when the last one has run', async () => {
      await open();

      expect(await loadAll([{ src: PARTS }], [{ src: PARTS }])).toEqual(
        Array(2).fill({ widget: 'personetics' }),
      );
      expect(await read('order')).toEqual(['jQuery', 'Personetics', 'personetics', 'SkinSetup']);
      expect(vendor().asked).toEqual(PARTS);
    });

    it('S7: waits for a global that the script creates later', async () => {
      await open();

      expect(await load({ src: '/loads-more.js' })).toEqual({ widget: 'the widget' });
    });

    it('S7: a script of another origin, with its digest', async () => {
      await open();
      expect(await load({ src: '/widget.js', integrity: INTEGRITY })).toEqual({ widget: 'the widget' });

      await open();
      expect(await load({ src: `${elsewhere()}/widget.js` })).toEqual({ widget: 'the widget' });
    });

    it('S7: while the head is parsed, and after all of it was removed', async () => {
      await open({ head: '<script src="/page.js"></script>' });
      await run(() => document.head.remove());

      expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
    });
  });

  describe('S7: a failure says what happened', () => {
    const failed = (reason: string, message: RegExp, facts: object = {}): object => ({
      code: 'LOAD_FAILED',
      message: expect.stringMatching(message),
      details: { src: expect.any(String), global: 'personetics', reason, ...facts },
    });
    /** WebKitGTK has no status of scripts. */
    const isSilent = engineUnderTest === 'webkit';

    it('S7: not found', async () => {
      await open();
      const { details, ...rest } = await load({ src: '/missing.js?token=secret#x' });

      const words = isSilent
        ? 'it was not found, the network failed, or'
        : 'the server answered with status 404$';
      expect(rest).toEqual({ code: 'LOAD_FAILED', message: expect.stringMatching(`did not load: ${words}`) });
      expect(details).toEqual({
        src: `${bank()}/missing.js`,
        global: 'personetics',
        reason: 'failed',
        ...(!isSilent && { status: 404 }),
      });
      expect(JSON.stringify([rest, details])).not.toContain('secret');
      expect(await run(() => document.scripts.length)).toBe(1);
    });

    it('S7: no server, and one of another origin that has no such file', async () => {
      await open();

      expect(await load({ src: 'http://127.0.0.1:1/widget.js' })).toEqual(
        failed(
          'failed',
          /^The script http:\/\/127\.0\.0\.1:1\/widget\.js did not load: it was not found, the network/,
        ),
      );
      expect(await load({ src: `${elsewhere()}/missing.js` })).toMatchObject({
        details: { reason: 'failed' },
      });
    });

    it('S7: a page instead of a script', async () => {
      await open();
      const words = isSilent ? /something blocked it$/ : /with status 200, but as text\/html$/;

      expect(await load({ src: '/html.js' })).toMatchObject(failed('failed', words));
    });

    it('S7: another digest', async () => {
      await open();
      const integrity = INTEGRITY.replace(/-.{8}/, '-AAAAAAAA');
      const words = isSilent
        ? /or does not match integrity, or/
        : /with status 200, but it does not match integrity, or the connection broke off$/;

      expect(await load({ src: '/widget.js', integrity })).toMatchObject(failed('failed', words));
      expect(await read('order')).toBeUndefined();
      expect(await load({ src: '/widget.js', integrity: INTEGRITY })).toEqual({ widget: 'the widget' });
    });

    it('S7: a digest that differs from that of the script on the page', async () => {
      await open();
      await addOwn('/held/widget.js');

      expect(await load({ src: '/held/widget.js', integrity: INTEGRITY })).toMatchObject({
        code: 'INVALID_CALL',
        message: expect.stringMatching(
          /integrity of the <script> .* that is on the page, got one, while that script has none$/,
        ),
      });
      vendor().release('/widget.js');
    });

    it.each(['same', 'other'])('S7: it threw, and comes from the %s origin', async (origin) => {
      await open();
      const src = `${origin === 'same' ? '' : elsewhere()}/throws.js`;
      const outcome = await load({ src });

      expect(outcome).toEqual(
        failed(
          'threw',
          /\/throws\.js threw an error while it ran \(see the console\), and window\.personetics is missing$/,
        ),
      );
      expect(JSON.stringify(outcome)).not.toContain('secret');
    });

    it('S7: no global, with the names of those that are new', async () => {
      await open();

      expect(await load({ src: '/nothing.js', timeout: 300 })).toEqual(
        failed(
          'no-global',
          /has run, but window\.personetics is missing after 300 ms\. New globals: Elsewhere, AlsoHere$/,
        ),
      );
      expect(await load({ src: '/nothing.js', global: 'Elsewhere' })).toEqual({});
    });

    it('S7: not in time', async () => {
      await open();

      expect(await load({ src: '/held/widget.js', timeout: 200 })).toEqual(
        failed('timeout', /\/held\/widget\.js did not load in 200 ms$/),
      );
    });

    it('S7: one that failed in the HTML before', async () => {
      await open({ head: '<script src="/missing.js"></script>' });
      const first = await load({ src: '/missing.js', timeout: 300 });

      expect(first).toMatchObject({ details: { reason: isSilent ? 'no-global' : 'failed' } });
      expect(vendor().count('/missing.js')).toBe(1);
      expect(await load({ src: '/missing.js' })).toMatchObject({ details: { reason: 'failed' } });
      expect(vendor().count('/missing.js')).toBe(2);
    });
  });

  describe('S7: after a failure', () => {
    it('S7: the next call tries again', async () => {
      await open();
      vendor().failOnce('/widget.js', 503);

      const both = await loadAll([{ src: '/widget.js' }], [{ src: '/widget.js' }]);
      expect(both.map(({ details }) => details?.['reason'])).toEqual(['failed', 'failed']);
      expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
      expect(vendor().count('/widget.js')).toBe(2);
    });

    it('S7: scripts of the list that have run do not run again, and those after it have not run', async () => {
      await open();
      vendor().failOnce('/api.js', 503);

      expect(await load({ src: PARTS })).toMatchObject({
        details: { reason: 'failed', src: `${bank()}/api.js` },
      });
      expect(await read('order')).toEqual(['jQuery', 'Personetics']);
      expect(await load({ src: PARTS })).toEqual({ widget: 'personetics' });
      expect(await read('order')).toEqual(['jQuery', 'Personetics', 'personetics', 'SkinSetup']);
    });

    it('S7: a list whose last part failed is not ready, although its global is there', async () => {
      await open();
      vendor().failOnce('/views.js', 503);

      expect(await load({ src: PARTS })).toMatchObject({ details: { reason: 'failed' } });
      expect(await load({ src: PARTS })).toEqual({ widget: 'personetics' });
      expect(await read('SkinSetup')).toEqual({ name: 'SkinSetup' });
    });

    it('S7: a script that comes after its timeout does not replace the widget', async () => {
      await open();
      await load({ src: '/held/widget.js?late', timeout: 200 });
      const again = load({ src: '/held/widget.js?late' });
      // WebKit may join the two fetches.
      const release = setInterval(() => vendor().release('/widget.js'), 50);
      onTestFinished(() => clearInterval(release));

      expect(await again).toEqual({ widget: 'the widget' });
      await run(() => new Promise((resolve) => setTimeout(resolve, 300)));
      expect(await read('order')).toEqual(['widget']);
    });

    it('S7: the signal ends only the wait of its caller', async () => {
      await open();
      await run(() => {
        const { copies } = globalThis as unknown as { copies: ((options: object) => Promise<Loaded>)[] };
        const abort = new AbortController();
        const src = '/held/widget.js?shared';
        Object.assign(globalThis, {
          aborted: copies[0]?.({ src, signal: abort.signal }),
          waiting: copies[0]?.({ src }),
          abort: () => abort.abort('no longer needed'),
        });
      });
      await expect.poll(() => vendor().count('/held/widget.js')).toBe(1);
      await run('() => abort()');

      expect(await run('() => aborted')).toEqual({ message: 'no longer needed' });
      vendor().release('/widget.js');
      expect(await run('() => waiting')).toEqual({ widget: 'the widget' });
      expect(vendor().count('/held/widget.js')).toBe(1);
    });
  });

  describe('S1: under a policy', () => {
    const strict = "default-src 'self'; require-trusted-types-for 'script'; trusted-types bank";

    it('S1: S7: it names the directive that blocked the script', async () => {
      await open({ policy: "script-src 'self'" });
      const outcome = await load({ src: `${elsewhere()}/widget.js` });

      expect(outcome).toEqual({
        code: 'LOAD_FAILED',
        message: `The script ${elsewhere()}/widget.js was blocked by script-src-elem of the page's content security policy. Allow its address there`,
        details: {
          src: `${elsewhere()}/widget.js`,
          global: 'personetics',
          reason: 'blocked',
          directive: 'script-src-elem',
        },
      });
      expect(vendor().asked).toEqual([]);
    });

    it('S1: a TrustedScriptURL is taken, and no violation is reported', async () => {
      await open({ policy: strict });
      const outcome = await run(() => {
        const { copies, trust } = globalThis as unknown as {
          copies: ((options: object) => Promise<Loaded>)[];
          trust(address: string): unknown;
        };
        return copies[0]?.({ src: [trust('/jquery.js'), trust('/widget.js')] });
      });

      expect(outcome).toEqual({ widget: 'the widget' });
      expect(await read('violations')).toEqual([]);
    });

    it('S1: S7: a string where Trusted Types are required is said', async () => {
      await open({ policy: strict });
      const hasTrustedTypes = await run(() => 'trustedTypes' in globalThis);
      const outcome = await load({ src: '/widget.js' });

      if (!hasTrustedTypes) expect(outcome).toEqual({ widget: 'the widget' });
      else {
        expect(outcome).toMatchObject({
          message: expect.stringMatching(
            /was blocked: this page requires Trusted Types\. As src, pass what createScriptURL/,
          ),
          details: { reason: 'blocked', directive: 'require-trusted-types-for' },
        });
      }
    });

    it.each([
      ['a nonce', `script-src 'nonce-${NONCE}'`, { nonce: NONCE }],
      ['strict-dynamic', `script-src 'nonce-${NONCE}' 'strict-dynamic'`, {}],
    ])('S1: %s, without a violation', async (_what, policy, options) => {
      await open({ policy });

      expect(await load({ src: '/widget.js', ...options })).toEqual({ widget: 'the widget' });
      expect(await read('violations')).toEqual([]);
    });
  });
});
