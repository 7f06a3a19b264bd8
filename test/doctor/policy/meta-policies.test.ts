import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaPolicies } from '../../../src/doctor/policy/meta-policies.ts';

// In test/browser/doctor, the parsers of browsers are the measure. Here is what they do with scripts, and what is in doubt.

const META = '<meta http-equiv="Content-Security-Policy" content="connect-src \'none\'">';

/** How many policies are found. */
function count(html: string, isWhole = true): number {
  return metaPolicies(html, isWhole).policies.length;
}

describe('the policies of a <head>', () => {
  it('are those of its <meta> elements', () => {
    const html = `<!doctype html><html><head><title>Bank</title>${META}</head><body></body></html>`;
    const { policies, doubt } = metaPolicies(html);
    expect(policies.map(({ directives, place }) => [place, [...directives]])).toEqual([
      ['meta', [['connect-src', ["'none'"]]]],
    ]);
    expect(doubt).toBeUndefined();
  });

  it('are not what only pages without scripts have', () => {
    expect(count(`<head><noscript>${META}</noscript></head>`)).toBe(0);
    expect(count(`<head><noscript>${META}</noscript>${META}`)).toBe(1);
    expect(count(`<head><noscript><!--</noscript>${META}-->`)).toBe(1);
  });

  it('are not those of the body', () => {
    expect(count(`<head></head><body>${META}`)).toBe(0);
    expect(count(`<p>${META}`)).toBe(0);
  });

  it('are not policies that only report', () => {
    expect(
      count('<meta http-equiv="Content-Security-Policy-Report-Only" content="connect-src \'none\'">'),
    ).toBe(0);
  });

  it.each([
    ['a template', `${META}<template></template>${META}`, 1],
    ['a reference with the name of a built-in', META.replace("'none'", '&constructor;'), 0],
    ['a reference that is not in the short list', META.replace("'none'", '&notin;'), 0],
    ['a character that no page has', `\0${META}`, 0],
  ])('are in doubt after %s', (_what, html, known) => {
    expect(metaPolicies(html).doubt).toEqual(expect.any(String));
    expect(count(html)).toBe(known);
  });

  it('are in doubt where a page is cut in its head', () => {
    expect(metaPolicies('<head><title>', false).doubt).toBe('the page is too long');
    expect(metaPolicies('<head><script>', true).doubt).toBeUndefined();
    expect(metaPolicies('<head></head><body>', false).doubt).toBeUndefined();
  });
});

describe('any text', () => {
  it('can be read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => count(`<meta ${text}`) >= 0));
  });

  it('is read in linear time', () => {
    const pieces = [
      '<',
      '<!',
      '<!--',
      '<!-->',
      '-',
      '--',
      '-->',
      '<a',
      '</',
      '</a',
      '<meta ',
      '<meta a=',
      "<meta a='",
      '<script>',
      '<script><!--',
      '<script><!--<script>',
      '</script',
      '<title>',
      '</title',
      '<title></title>',
      ' ',
      ' a',
      '=',
      '/',
      '&',
      '&#',
      '&amp',
      "'",
      '"',
      META,
      '<noscript>',
      '<?',
      '<link>',
      '<link x=>',
    ];
    for (const piece of pieces) {
      for (const before of [
        '',
        '<meta content="',
        '<meta http-equiv=content-security-policy content="&',
        '<script>',
        '<!--',
        '<title>',
      ])
        expect(count(before + piece.repeat(20_000))).toBeGreaterThanOrEqual(0);
    }
  }, 20_000);
});
