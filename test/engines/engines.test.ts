import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';
import type { Engine } from './engine.ts';
import { engineUnderTest } from './engine-under-test.ts';
import { launch } from './launch.ts';
import type { Page } from './page.ts';

// As strict as the pages under test: the driver must not need more permissions than a page has.
const policy = "default-src 'self'; require-trusted-types-for 'script'";
const html = `<!doctype html><title>Page</title><script src="/page.js"></script>
  <input id="field"><button id="slow" disabled>Later</button><a id="link" href="/next">Next</a>`;
const script = `
  window.keys = [];
  addEventListener('keydown', ({ key, shiftKey }) => keys.push(shiftKey ? 'Shift ' + key : key));
  addEventListener('click', ({ isTrusted, target }) => { if (target.id === 'slow') window.clicked = isTrusted; });
  setTimeout(() => { document.querySelector('#slow').disabled = false; }, 200);`;

describe(`a page in ${engineUnderTest}`, () => {
  let engine: Engine;
  let page: Page;
  let server: LocalServer;

  beforeAll(async () => {
    server = await serveLocally((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.setHeader('content-security-policy', policy);
      response.end(isScript ? script : html);
    });
    engine = await launch(engineUnderTest, { viewport: { width: 390, height: 844 }, colourScheme: 'dark' });
    page = await engine.open(server.url);
  });

  afterAll(async () => {
    await engine.close();
    await server.close();
  });

  it('has the requested size and colour scheme, and is visible, focused and a secure context', async () => {
    const seen = await page.evaluate(() => ({
      size: [innerWidth, innerHeight],
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      visible: document.visibilityState === 'visible',
      focused: document.hasFocus(),
      secure: isSecureContext,
    }));
    expect(seen).toEqual({ size: [390, 844], dark: true, visible: true, focused: true, secure: true });
  });

  it('passes arguments and awaited results as JSON', async () => {
    expect(await page.evaluate((a, b) => Promise.resolve({ a, b }), 'ü', [1])).toEqual({ a: 'ü', b: [1] });
    expect(await page.evaluate('() => undefined')).toBeUndefined();
  });

  it('passes errors', async () => {
    const failing = page.evaluate(async () => {
      throw new TypeError('no such thing');
    });
    await expect(failing).rejects.toThrow('TypeError: no such thing');
  });

  it('clicks like a user, once the element is enabled', async () => {
    await page.click('#slow');
    expect(await page.evaluate('() => clicked')).toBe(true);
  });

  it('types text and presses keys', async () => {
    await page.type('#field', 'Jürgen ✓+');
    expect(await page.evaluate(() => document.querySelector('input')?.value)).toBe('Jürgen ✓+');
    await page.evaluate('() => { keys.length = 0; }');
    await page.press('Tab', 'ArrowLeft', '+', 'Escape');
    expect(await page.evaluate('() => keys')).toEqual(['Tab', 'ArrowLeft', '+', 'Escape']);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('slow');
    await page.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  });

  it('can be resized, and takes screenshots', async () => {
    await page.resize({ width: 1000, height: 700 });
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([1000, 700]);
    const path = join(tmpdir(), `engines-test-${process.pid}-${engineUnderTest}.png`);
    await page.screenshot(path);
    const png = await readFile(path);
    await rm(path);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 700]);
  });

  it('follows a link', async () => {
    await page.click('#link');
    await page.waitFor(() => location.pathname === '/next');
  });

  it('shares its storage with other pages, and stays open when they close', async () => {
    await page.evaluate(() => localStorage.setItem('key', 'shared'));
    const other = await engine.open(server.url);
    expect(await other.evaluate(() => localStorage.getItem('key'))).toBe('shared');
    await other.close();
    await page.click('#field');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field');
  });
});
