// The guides as pages of the API reference: `npm run docs` calls this.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withPackedLinks } from './package-files.js';

/** @type {typeof import('./reference-pages.js').writeReferencePages} */
export function writeReferencePages(folder) {
  const others = readdirSync('docs').filter((name) => name.endsWith('.md'));
  const guides = [...new Set([...listedGuides(), ...others.map((name) => `docs/${name}`)])];
  const pages = ['README.md', ...guides];
  const isPacked = (path) => pages.includes(path) || path.startsWith('docs/images/');
  for (const file of pages) {
    const [title, text] = splitTitle(readFileSync(file, 'utf8'));
    const content = withPackedLinks(file, withPlainHeadings(text), { isPacked, version: '' });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // The reference writes the title above the page.
    const head = file === 'README.md' ? '' : `---\ntitle: ${JSON.stringify(title)}\n---\n\n`;
    writeFileSync(join(folder, file), `${head}${content}`);
  }
  cpSync('docs/images', join(folder, 'docs/images'), { recursive: true });
  return { readme: join(folder, 'README.md'), guides: guides.map((file) => join(folder, file)) };
}

/** @type {typeof import('./reference-pages.js').listedGuides} */
export function listedGuides() {
  const [, rest = ''] = readFileSync('README.md', 'utf8').split('\n## Documentation\n');
  const [table = ''] = rest.split(/\n\n(?!\|)/);
  return [...new Set([...table.matchAll(/\]\(([\w/-]+\.md)\)/g)].map(([, file = '']) => file))];
}

function splitTitle(text) {
  const [, title = '', rest = ''] = /^# (.*)\n+([\s\S]*)$/.exec(text) ?? [];
  return [title.replaceAll('`', ''), rest];
}

/** typedoc leaves code out of a heading's anchor, and GitHub does not. */
function withPlainHeadings(text) {
  const parts = text.split(/(^```[\s\S]*?^```$)/m);
  const plain = (part) => part.replace(/^##+ .*$/gm, (heading) => heading.replaceAll('`', ''));
  return parts.map((part) => (part.startsWith('```') ? part : plain(part))).join('');
}
