import { describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { useVendorPage } from './use-vendor-page.ts';
import { INTEGRITY } from './vendor.ts';

const API = "(window.order ??= []).push('api'); window.personetics = { name: 'the widget' };";
const src = ['/api-only.js', '/views-only.js'];

describe(`loadWidget with scripts that the page has, in ${engineUnderTest}`, () => {
  const { vendor, elsewhere, open, load, addOwn, read, run } = useVendorPage();

  it('S7: a list of which only the first is in the HTML is completed', async () => {
    vendor().serve('/api-only.js', API);
    vendor().serve('/views-only.js', "order.push('views');");
    await open({ head: '<script src="/api-only.js"></script>' });

    expect(await load({ src })).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['api', 'views']);
  });

  it('S7: a list of the HTML is waited for to its end', async () => {
    vendor().serve('/api-only.js', API);
    await open();
    await addOwn('/api-only.js');
    await expect.poll(() => read('personetics')).toBeDefined();
    await addOwn('/held/widget.js');
    await expect.poll(() => vendor().count('/held/widget.js')).toBe(1);
    const waiting = load({ src: ['/api-only.js', '/held/widget.js'] });
    let isOver = false;
    waiting.then(() => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isOver).toBe(false);
    vendor().release('/widget.js');

    expect(await waiting).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['api', 'widget']);
  });

  it('S7: one that has run in the HTML needs no trace, and no image of the page', async () => {
    const early = `<script>
      performance.clearResourceTimings();
      window.early = copies[0]({ src: ['/jquery.js', '/widget.js'] });
    </script>`;
    const opening = open({
      head: '<script src="/jquery.js"></script>',
      body: `<img src="/held/slow.png">${early}`,
    });
    await expect.poll(() => vendor().count('/widget.js')).toBe(1);
    vendor().release('/slow.png');
    await opening;

    expect(await run('() => early')).toEqual({ widget: 'the widget' });
    expect(vendor().count('/jquery.js')).toBe(1);
  });

  it('S7: a deferred one is waited for, and a module', async () => {
    const head = `<script defer src="/jquery.js"></script><script type="module" src="/api-only.js"></script>
      <script>window.early = copies[0]({ src: ['/jquery.js', '/api-only.js', '/views-only.js'] });</script>`;
    vendor().serve('/api-only.js', `if (!window.jQuery) throw 1; ${API}`);
    vendor().serve('/views-only.js', "order.push('views');");
    await open({ head });

    expect(await run('() => early')).toEqual({ widget: 'the widget' });
    expect(await read('order')).toEqual(['jQuery', 'api', 'views']);
  });

  it('S7: of one that has left no global it is said that nobody knows, and the next call adds one', async () => {
    await open({ policy: `script-src 'nonce-n0nce'`, head: '<script src="/widget.js"></script>' });

    expect(await load({ src: '/widget.js', nonce: 'n0nce', timeout: 4_000 })).toMatchObject({
      message: expect.stringMatching(/was on the page before, and it is not known whether it ran: window\./),
      details: { reason: 'no-global' },
    });
    expect(await load({ src: '/widget.js', nonce: 'n0nce' })).toEqual({ widget: 'the widget' });
  });

  it('S7: one that is slow is never added a second time', async () => {
    await open();
    await addOwn('/held/widget.js');

    expect(await load({ src: '/held/widget.js', timeout: 200 })).toMatchObject({
      message: expect.stringMatching(/was on the page before.* in 200 ms\. No second one was added/),
      details: { reason: 'timeout' },
    });
    const again = load({ src: '/held/widget.js' });
    await expect.poll(() => vendor().count('/held/widget.js')).toBe(1);
    vendor().release('/widget.js');
    expect(await again).toEqual({ widget: 'the widget' });
    expect(vendor().asked).toEqual(['/held/widget.js']);
  });

  it('S1: S7: one that the policy blocks while it is waited for', async () => {
    await open({ policy: "script-src 'self'" });
    const outcome = await run((src) => {
      const { copies } = globalThis as unknown as {
        copies: ((options: object, before: () => void) => Promise<object>)[];
      };
      return copies[0]?.({ src }, () => {
        document.head.append(Object.assign(document.createElement('script'), { src }));
      });
    }, `${elsewhere()}/widget.js`);

    expect(outcome).toMatchObject({ details: { reason: 'blocked', directive: 'script-src-elem' } });
  });

  it('S7: a directive that is not about scripts has blocked none', async () => {
    await open({ policy: "connect-src 'none'" });
    const outcome = await run(() => {
      const { copies } = globalThis as unknown as { copies: ((options: object) => Promise<object>)[] };
      setTimeout(() => {
        fetch('/missing.js').catch(() => {});
      });
      return copies[0]?.({ src: '/missing.js' });
    });

    expect(outcome).toMatchObject({ details: { reason: 'failed' } });
  });

  it('S5: its digest must be the one that is asked for, also if the widget is there', async () => {
    await open({ head: '<script src="/widget.js"></script>' });

    expect(await load({ src: '/widget.js', integrity: INTEGRITY })).toMatchObject({ code: 'INVALID_CALL' });
    expect(await load({ src: '/widget.js' })).toEqual({ widget: 'the widget' });
  });
});
