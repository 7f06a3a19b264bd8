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

/** A page with the inspector, as strict as a bank's, and one that does without a bundler, beside a sandbox. */
export function startPages(): Promise<SandboxServer> {
  return serve({ '/plain.js': plainScript }, (path) => {
    if (path.startsWith('/vendor/bankside/'))
      return answer(readFileSync(path.replace('/vendor/bankside', 'dist'), 'utf8'), 'text/javascript');
    const shown = path === '/plain' ? plainHtml : html;
    return answer(shown, 'text/html', { 'content-security-policy': policy });
  });
}

/** The same page with axe, and without the policy: axe is no part of the product, and does what that forbids. */
export function startPagesWithAxe(): Promise<SandboxServer> {
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  const page = html.replace('<script', '<script src="/axe.js"></script><script');
  return serve({ '/axe.js': axe }, () => answer(page, 'text/html'));
}

/** @param scripts By path, beside the page's own. @param other Answers whatever is no script. */
async function serve(
  scripts: Readonly<Record<string, string>>,
  other: (path: string) => Response,
): Promise<SandboxServer> {
  // As a bank would ship it, with the package as it is published in it.
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
