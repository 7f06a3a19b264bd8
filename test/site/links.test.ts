import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { pages as guides } from '../docs/fixtures/pages.ts';
import { entries } from '../entries.ts';
import { readSiteFile, servedFile, siteFiles } from './fixtures/built-site.ts';
import { readSitePage, type SitePage } from './fixtures/site-page.ts';

/** Sites that pages link to. Nothing is loaded from them. */
const linkedHosts = [
  'developer.mozilla.org',
  'github.com',
  'mswjs.io',
  'semver.org',
  'standardschema.dev',
  'stryker-mutator.io',
  'www.npmjs.com',
  'zod.dev',
];

const files = siteFiles();
const pages = files.filter((file) => file.endsWith('.html')).map(readSitePage);
/** The page for an unknown address is shown at any depth: its links are tried in test/site/pages. */
const pagesOfSite = pages.filter(({ file }) => file !== '404.html');
const byFile = new Map(pages.map((page) => [page.file, page]));
const origin = 'https://host.example';

/** The addresses of a page below a path that do not lead to another host. */
function innerAddresses({ file, addresses }: SitePage, base: string): URL[] {
  return addresses
    .filter((address) => !/^(https:|data:)/.test(address))
    .map((address) => new URL(address, `${origin}${base}${file}`));
}

/** What an address leads to, or `undefined`. */
function fault({ origin: host, pathname, hash }: URL, base: string): string | undefined {
  if (host !== origin || !pathname.startsWith(base)) return 'outside of the site';
  const file = servedFile(pathname.slice(base.length));
  if (file === undefined) return 'no such file';
  const anchor = decodeURIComponent(hash.slice(1));
  return anchor === '' || byFile.get(file)?.ids.has(anchor) ? undefined : 'no such heading';
}

describe('the site', () => {
  it('has a page for each guide, each entry of the package, and the figures', () => {
    const names = guides.slice(1).map(({ file }) => file.replace('docs/', '').replace('.md', '.html'));
    const modules = entries.map(([name]) => `api/${name}/index.html`);
    const others = [
      'index.html',
      'overview.html',
      'figures.html',
      'changelog.html',
      'security.html',
      '404.html',
    ];
    expect([...names, ...modules, ...others].filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(['/', '/x/', '/a/b/'])('leads nowhere but to its own pages and headings, below %s', (base) => {
    const faults = pagesOfSite.flatMap((page) =>
      innerAddresses(page, base).flatMap((url) => {
        const found = fault(url, base);
        return found ? [`${page.file}: ${url.pathname}${url.hash}: ${found}`] : [];
      }),
    );
    expect([...new Set(faults)]).toEqual([]);
  });

  it('names no folder that it is served from', () => {
    const absolute = pages.flatMap(({ file, addresses }) =>
      addresses.filter((address) => address.startsWith('/')).map((address) => `${file}: ${address}`),
    );
    expect(absolute).toEqual([]);
    const styles = files.filter((file) => file.endsWith('.css'));
    for (const file of styles) expect(readSiteFile(file)).not.toMatch(/url\((?!["']?(?:data:|\.|#))/);
  });

  it('comes with the licences of the packages that its pages load', () => {
    const licences = readSiteFile('licences.txt');
    for (const name of ['vue', 'vitepress', 'minisearch', 'mark.js', '@vueuse/core']) {
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'm'));
    }
    expect(licences).toContain('The above copyright notice and this permission notice shall be included');
  });

  it('says nothing of the machine that built it', () => {
    const texts = files.filter((file) => /\.(html|js|css|json|txt)$/.test(file));
    const folder = process.cwd();
    expect(texts.filter((file) => readSiteFile(file).includes(folder))).toEqual([]);
  });

  it('links to known sites only', () => {
    const hosts = pages.flatMap(({ addresses }) =>
      addresses.filter((address) => /^[a-z]+:\/\//.test(address)).map((address) => new URL(address).host),
    );
    expect([...new Set(hosts)].sort()).toEqual(linkedHosts);
  });

  it('loads nothing from another site', () => {
    const loading = /<(?:script|img|iframe|source|link)\b[^>]*\s(?:src|href)="(?:https?:)?\/\/[^"]*"/g;
    expect(pages.flatMap(({ html }) => html.match(loading) ?? [])).toEqual([]);
    const styles = files.filter((file) => file.endsWith('.css')).map(readSiteFile);
    expect(styles.flatMap((text) => text.match(/(?:@import|url\()\s*["']?https?:/g) ?? [])).toEqual([]);
  });
});

describe('each page of the site', () => {
  it('has a language, a title of its own, and one main heading', () => {
    const wrong = pages.filter(({ lang, title, headings }) => lang !== 'en' || !title || headings !== 1);
    expect(wrong.map(({ file, lang, title, headings }) => ({ file, lang, title, headings }))).toEqual([]);
    const guideTitles = pages.filter(({ file }) => !file.includes('/')).map(({ title }) => title);
    expect(guideTitles.filter((title, index) => guideTitles.indexOf(title) !== index)).toEqual([]);
  });

  it('has a description, and each guide one of its own', () => {
    const described = pagesOfSite.map(({ file, html }) => ({
      file,
      text: /<meta name="description" content="([^"]+)"/.exec(html)?.[1],
    }));
    expect(described.filter(({ text }) => !text).map(({ file }) => file)).toEqual([]);
    const guides = described.filter(({ file }) => !file.includes('/')).map(({ text }) => text);
    expect(guides.filter((text, index) => guides.indexOf(text) !== index)).toEqual([]);
    const transport = described.find(({ file }) => file === 'api/bankside/functions/httpTransport.html');
    expect(transport?.text).toMatch(/^Sends requests over HTTPS: .*\.$/);
  });

  it('needs no inline script', () => {
    const inline = pages.filter(({ html }) => /<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+="/.test(html));
    expect(inline.map(({ file }) => file)).toEqual([]);
  });
});
