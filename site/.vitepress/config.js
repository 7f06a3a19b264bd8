import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { BASE } from '../base.js';
import { licences } from '../licences.js';
import { PAGES } from '../pages.js';
import { guideSidebar, referenceSidebars } from '../sidebar.js';

/** As GitHub names headings, so that a link works in both places. */
function slugify(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** Shiki gives up on a line after half a second. On a busy machine the colours would differ between two builds. */
function highlightWithoutTimeLimit(highlighter) {
  const { codeToHtml } = highlighter;
  highlighter.codeToHtml = (code, options) => codeToHtml(code, { ...options, tokenizeTimeLimit: 0 });
}

const playground = { text: 'Playground', link: '/playground/', target: '_self' };

export default defineConfig({
  base: BASE,
  srcDir: PAGES,
  outDir: 'dist',
  lang: 'en',
  title: 'bankside',
  description: 'The bank’s side of an embedded finance widget',
  head: [['link', { rel: 'icon', href: `${BASE}favicon.svg`, type: 'image/svg+xml' }]],
  // In a file: a page without inline scripts needs no exception in a content security policy.
  metaChunk: true,
  lastUpdated: false,
  // One page after another: else the order of the search index is not the same in each build.
  buildConcurrency: 1,
  // Else each page loads all pages of its sidebar.
  router: { prefetchLinks: false },
  ignoreDeadLinks: [/playground/],
  markdown: {
    // The pages are plain Markdown: what looks like an element in them is code.
    html: false,
    anchor: { slugify },
    toc: { slugify },
    shikiSetup: highlightWithoutTimeLimit,
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  vite: {
    publicDir: fileURLToPath(new URL('../public', import.meta.url)),
    logLevel: 'warn',
    plugins: [licences('licences.txt')],
    build: { chunkSizeWarningLimit: 4000 },
  },
  themeConfig: {
    nav: [
      { text: 'Guides', link: '/overview', activeMatch: '^/(?!api/|figures|$)' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Figures', link: '/figures' },
      playground,
    ],
    sidebar: {
      ...referenceSidebars(fileURLToPath(new URL(`../${PAGES}/api`, import.meta.url))),
      '/': guideSidebar(),
    },
    outline: [2, 3],
    search: { provider: 'local', options: { detailedView: false } },
    docFooter: { prev: 'Previous page', next: 'Next page' },
    externalLinkIcon: true,
  },
});
