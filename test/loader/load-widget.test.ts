import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isBanksideError, type LoadWidgetOptions, loadWidget } from '../../src/index.ts';

const src = 'https://vendor.example/widget.js';

async function refusal(options: object): Promise<{ code: string; message: string; details: object }> {
  const error = await loadWidget(options as LoadWidgetOptions).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isBanksideError(error)) throw error;
  const { code, message, details } = error;
  return { code, message, details };
}

afterEach(() => vi.unstubAllGlobals());

it('S2: on a server it rejects, and says that it needs a page', async () => {
  expect(await refusal({ src: '/widget.js' })).toMatchObject({
    code: 'INVALID_CALL',
    message: "call 'loadWidget': expected a page, got no document: call it in the browser only",
  });
});

describe('S5: an option that does not fit', () => {
  it.each([
    ['options', undefined],
    ['src', { src: [] }],
    ['integrity', { src, integrity: '' }],
    ['integrity', { src, integrity: ['sha384-abc'] }],
    ['integrity', { src: [src, src], integrity: 'sha384-abc' }],
    ['integrity', { src: [src, src], integrity: ['sha384-abc'] }],
    ['integrity', { src: [src, src], integrity: ['sha384-abc', 5] }],
    ['integrity', { src, integrity: 'sha384:abc' }],
    ['integrity', { src, integrity: 'SHA384-abc' }],
    ['integrity', { src, integrity: 'abc' }],
    ['integrity', { src, integrity: 'sha1-abc' }],
    ['integrity', { src, integrity: 'sha384-abc, sha384-abc' }],
    ['integrity', { src: [src], integrity: ['sha384:abc'] }],
    ['nonce', { src, nonce: '' }],
    ['global', { src, global: '' }],
    ['global', { src, global: 5 }],
    ['global', { src, global: 'window.personetics' }],
    ['global', { src, global: 'Bank.widget' }],
    ['timeout', { src, timeout: 0 }],
    ['timeout', { src, timeout: Infinity }],
    ['signal', { src, signal: {} }],
  ])('S5: %s: %j', async (option, options) => {
    expect(await refusal(options as object)).toMatchObject({ code: 'INVALID_OPTIONS', details: { option } });
  });
});

describe('S7: an address', () => {
  beforeEach(() => {
    vi.stubGlobal('location', { href: 'https://bank.example/page' });
    vi.stubGlobal('document', { baseURI: 'https://bank.example/page' });
  });

  it.each([
    ['src', undefined],
    ['src', ''],
    ['src', 5],
    ['src', {}],
    // biome-ignore lint/suspicious/noSparseArray: a slip of a caller
    ['src[0]', [, src]],
    ['src', 'http://vendor.example/widget.js?secret'],
    ['src', 'https://secret:secret@vendor.example/widget.js'],
    ['src', 'data:text/javascript,secret'],
    ['src', 'blob:https://bank.example/secret'],
    ['src', 'javascript:secret'],
    ['src', new URL('http://vendor.example/secret')],
    ['src[1]', [src, 'http://vendor.example/secret']],
    [
      'src',
      { toString: () => 'http://vendor.example/secret', toJSON: (): string => 'https://vendor.example/' },
    ],
  ])('S7: that does not fit: %s %s', async (option, given) => {
    const refused = await refusal({ src: given });

    expect(refused).toMatchObject({ code: 'INVALID_OPTIONS', details: { option } });
    expect(JSON.stringify(refused)).not.toContain('secret');
  });

  it('S7: a page of plain HTTP may load its own, without a warning about requests', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubGlobal('location', { href: 'http://bank.example/page' });
    vi.stubGlobal('document', { baseURI: 'http://bank.example/page', scripts: [] });
    vi.stubGlobal('personetics', { name: 'the widget' });

    expect(await loadWidget({ src: '/widget.js' })).toEqual({ name: 'the widget' });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('S7: without an effect on the page', () => {
  it('S7: a signal that has aborted before', async () => {
    vi.stubGlobal('document', { baseURI: 'https://bank.example/page' });
    const reason = new Error('left');

    await expect(loadWidget({ src, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('S7: a widget that is there', async () => {
    vi.stubGlobal('document', { baseURI: 'https://bank.example/page', scripts: [] });
    const widget = {};
    vi.stubGlobal('vendorWidget', widget);

    expect(await loadWidget({ src, global: 'vendorWidget' })).toBe(widget);
  });
});
