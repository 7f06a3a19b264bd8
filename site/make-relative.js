// Makes a built site independent of its address: no file names the folder that it is served from.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { parse } from 'acorn';
import { BASE, BASE_GLOBAL } from './base.js';

/** Runs before all other scripts of a page. */
const HEAD_SCRIPT = 'assets/head.js';

/** Changes the files of the folder in place. */
export function makeRelative(folder) {
  const inline = new Set();
  for (const path of filesIn(folder)) {
    const file = join(folder, path);
    if (path.endsWith('.html')) {
      const { html, scripts } = withoutInlineScripts(readFileSync(file, 'utf8'));
      for (const script of scripts) inline.add(script);
      writeFileSync(file, relativeHtml(html, path));
    }
    if (path.endsWith('.css')) writeFileSync(file, relativeCss(readFileSync(file, 'utf8'), path));
    if (path.endsWith('.js')) writeFileSync(file, relativeScript(readFileSync(file, 'utf8')));
  }
  writeFileSync(join(folder, HEAD_SCRIPT), headScript(inline));
}

function filesIn(folder) {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return found.map((path) => path.replaceAll(sep, '/')).sort();
}

/** The way from a file back to the folder of the site, such as `../../`. */
function wayBack(path) {
  return posix.relative(posix.dirname(path), '.').replace(/$/, '/').replace(/^\/$/, './');
}

/** The scripts go into a file, so that a content security policy needs no exception for them. */
function withoutInlineScripts(html) {
  const scripts = [];
  const rest = html.replace(/<script(?: id="[\w-]+")?>([\s\S]*?)<\/script>/g, (_element, script) => {
    scripts.push(script);
    return '';
  });
  const head = `<script src="${BASE}${HEAD_SCRIPT}"></script>`;
  return { html: rest.replace('</title>', `</title>\n    ${head}`), scripts };
}

function relativeHtml(html, path) {
  return html.replaceAll(BASE, wayBack(path));
}

function relativeCss(css, path) {
  return css.replaceAll(BASE, wayBack(path));
}

/** Each string that names the folder of the site gets it when the script runs. */
function relativeScript(script) {
  if (!script.includes(BASE)) return script;
  const program = parse(script, { ecmaVersion: 'latest', sourceType: 'module' });
  let changed = script;
  // From the end, so that the positions before stay as they are.
  for (const { start, end } of stringsWithBase(program).sort((a, b) => b.start - a.start)) {
    const value = `(${script.slice(start, end)}).replaceAll(${JSON.stringify(BASE)},${BASE_GLOBAL})`;
    changed = changed.slice(0, start) + value + changed.slice(end);
  }
  return changed;
}

/** Strings and templates anywhere below a node. */
function stringsWithBase(node) {
  if (Array.isArray(node)) return node.flatMap(stringsWithBase);
  if (typeof node?.type !== 'string') return [];
  const isString =
    (node.type === 'Literal' && `${node.value}`.includes(BASE)) ||
    (node.type === 'TemplateLiteral' && node.quasis.some(({ value }) => value.cooked.includes(BASE)));
  return isString ? [node] : Object.values(node).flatMap(stringsWithBase);
}

/** Finds the folder of the site. Links get full paths, since the address of the page changes later, without a reload. */
function headScript(inline) {
  return `const ${BASE_GLOBAL} = new URL('..', document.currentScript.src).pathname;
addEventListener('DOMContentLoaded', () => {
  for (const link of document.querySelectorAll('a[href^="."], link[rel="icon"]')) {
    const { pathname, hash } = new URL(link.href);
    link.setAttribute('href', pathname + hash);
  }
});
${[...inline].join('\n')}
`;
}
