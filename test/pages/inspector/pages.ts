import { readFileSync } from 'node:fs';
import { type SandboxServer, startSandboxServer } from '../../../src/testing/server/index.ts';
import { asPublished, bundlePage } from '../bundle-page.ts';

const policy = "default-src 'self'; require-trusted-types-for 'script'";
const html =
  '<!doctype html><html lang="en"><head><title>Inspector</title><meta name="viewport" content="width=device-width"><script src="/page.js" defer></script></head><body></body></html>';

const plainHtml =
  '<!doctype html><script src="/vendor/bankside/bankside.iife.min.js"></script><script src="/plain.js" defer></script><body></body>';
const plainScript = `
  const bridge = new Bankside.WidgetBridge({ transport: { send: () => new Promise(() => {}) } });
  bridge.send('pserver', { type: 'getInsights' });
  import('/vendor/bankside/inspector.js').then(({ defineInspector }) => {
    defineInspector();
    const inspector = document.createElement('bankside-inspector');
    inspector.observe(bridge);
    document.body.append(inspector);
  });`;

/** A sandbox with two pages that have the inspector and a strict policy: with a bundle, and without a bundler. */
export function startPages(): Promise<SandboxServer> {
  return serve({ '/plain.js': plainScript }, (path) => {
    if (path.startsWith('/vendor/bankside/'))
      return answer(readFileSync(path.replace('/vendor/bankside', 'dist'), 'utf8'), 'text/javascript');
    const shown = path === '/plain' ? plainHtml : html;
    return answer(shown, 'text/html', { 'content-security-policy': policy });
  });
}

/** The first page with axe, and without the policy, which axe would violate. */
export function startPagesWithAxe(): Promise<SandboxServer> {
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  const page = html.replace('<script', '<script src="/axe.js"></script><script');
  return serve({ '/axe.js': axe }, () => answer(page, 'text/html'));
}

/** @param scripts More scripts, by path. @param other Answers all other requests. */
async function serve(
  scripts: Readonly<Record<string, string>>,
  other: (path: string) => Response,
): Promise<SandboxServer> {
  // A bank's bundle, with the published package.
  const all = { ...scripts, '/page.js': await bundlePage('test/pages/inspector/page.ts', asPublished) };
  const served = new Map<string, string>(Object.entries(all));
  return startSandboxServer({
    port: 0,
    sandbox: { seed: 7 },
    pages({ url }) {
      const { pathname } = new URL(url);
      const script = served.get(pathname);
      return script === undefined ? other(pathname) : answer(script, 'text/javascript');
    },
  });
}

function answer(text: string, type: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(text, { headers: { 'content-type': type, ...headers } });
}
