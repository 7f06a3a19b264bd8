import { createHash } from 'node:crypto';

const IMPORT_MAP = /<script type="importmap">([\s\S]*?)<\/script>/g;

/**
 * The headers of an HTML page. Its policy lets in one inline script: the import map, by its hash.
 *
 * @param {string} html
 * @param {import('./config.js').PageConfig} page
 */
export function pageHeaders(html, page) {
  return {
    'content-security-policy': [
      "default-src 'self'",
      ["script-src 'self'", ...importMapHashes(html)].join(' '),
      ["connect-src 'self'", ...originsOf(page)].join(' '),
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'self'", // shell.html shows the page in a frame
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
  };
}

/** @param {string} html */
function importMapHashes(html) {
  // Browsers see line feeds alone, whatever the file has.
  return Array.from(html.replaceAll('\r\n', '\n').matchAll(IMPORT_MAP), ([, text = '']) => {
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  });
}

/** @param {import('./config.js').PageConfig} page */
function originsOf({ endpoints, tokenUrl, queue }) {
  const addresses = [...Object.values(endpoints), tokenUrl, queue?.baseUrl, queue?.tokenUrl];
  const absolute = addresses.filter((address) => typeof address === 'string' && URL.canParse(address));
  return new Set(absolute.map((address) => new URL(String(address)).origin));
}
