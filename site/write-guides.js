// The guides as pages of the site. The files of the repository are the only source: a build changes nothing but their links.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { withPackedLinks } from '../release/package-files.js';
import { descriptionOf } from './description.js';
import { pageNames } from './pages.js';
import { withHead } from './with-head.js';

const IMAGES = 'docs/images';

/** Writes the home page and all guides, in one folder. */
export function writeGuides(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [file, name] of pageNames()) {
    const text = readFileSync(file, 'utf8');
    const head = { description: descriptionOf(text), ...(file === 'README.md' && { title: 'Overview' }) };
    writeFileSync(join(folder, `${name}.md`), withHead(head, withPageLinks(file, text)));
  }
  writeFileSync(join(folder, 'index.md'), homePage());
  cpSync(IMAGES, join(folder, 'images'), { recursive: true });
}

/** Links to other pages lead to them on the site. Links to other files become plain words. */
function withPageLinks(file, text) {
  const names = pageNames();
  const isPage = (path) => names.has(path) || path.startsWith(`${IMAGES}/`);
  const linked = withPackedLinks(file, text, { isPacked: isPage, version: '' });
  return outsideCode(linked, (part) =>
    part.replace(/^<!--.*-->$/gm, '').replace(/\]\(((?!https:|mailto:|#)[^)\s#]+)/g, (_link, target) => {
      const path = posix.join(posix.dirname(file), target);
      return names.has(path) ? `](./${names.get(path)}.md` : `](./${posix.relative('docs', path)}`;
    }),
  );
}

function outsideCode(text, change) {
  const parts = text.split(/(^```[\s\S]*?^```$)/m);
  return parts.map((part) => (part.startsWith('```') ? part : change(part))).join('');
}

/** What the project is, an image, and the first steps: parts of README.md. */
function homePage() {
  const readme = withPageLinks('README.md', readFileSync('README.md', 'utf8'));
  const { description } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [image = ''] = /^!\[.*\)$/m.exec(readme) ?? [];
  const hero = {
    name: 'bankside',
    text: 'Your bank’s side of an embedded widget',
    tagline: descriptionOf(readme),
    actions: [
      { theme: 'brand', text: 'Try it in the playground', link: '/playground/', target: '_self' },
      { theme: 'alt', text: 'Start', link: '/overview' },
      { theme: 'alt', text: 'API reference', link: '/api/' },
    ],
  };
  const head = { layout: 'home', title: 'bankside', titleTemplate: ':title', description, hero };
  const sections = ['What it does', 'Install', 'The first page that works', 'Documentation'];
  const content = sections.map((title) => `## ${title}\n${sectionOf(readme, title)}`);
  return withHead(head, [image, '', ...content].join('\n'));
}

function sectionOf(text, title) {
  const [, rest = ''] = text.split(`\n## ${title}\n`);
  return rest.split(/\n## /)[0];
}
