import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pageOf } from '../docs/fixtures/pages.ts';
import type { Engine } from '../engines/engine.ts';
import { engineUnderTest } from '../engines/engine-under-test.ts';
import { launch } from '../engines/launch.ts';
import { ObservedServer } from '../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';

const integrityOf = (bundle: string): string => readFileSync(`${bundle}.integrity.txt`, 'utf8').trim();
const integrity = integrityOf('dist/bankside.iife.min.js');
const policy = "default-src 'self'; require-trusted-types-for 'script'";

/** As documented, with the digest. */
const importMap = (
  pageOf('docs/vanilla.md').snippets.find(({ language }) => language === 'json')?.code ?? ''
).replace('sha384-…', integrityOf('dist/bankside.min.js'));
const mapOfAnother = importMap.replaceAll('/vendor/bankside.min.js', '/vendor/another.min.js');

/** A bank's page without a build, and a widget that sends one request and records the reply. */
const script = `
  const answers = [];
  const widget = { handlePServerResponse: (response, requestId) => answers.push({ response, requestId }) };
  const transport = Bankside.httpTransport({ endpoints: { pserver: '/pserver' }, authToken: 'a-token' });
  const bridge = new Bankside.WidgetBridge({ transport });
  bridge.attach(widget);
  widget.sendRequestToPServer(null, { type: 'getInsights' }, '7');`;

/** The same, with one module. */
const moduleScript = `import * as Bankside from 'bankside';${script}
  Object.assign(document, { answers });`;

function withMap(map: string): File {
  const hash = createHash('sha256').update(map).digest('base64');
  return {
    type: 'text/html',
    content: `<!doctype html><head><script type="importmap">${map}</script>
      <script type="module" src="/module.js"></script>`,
    policy: policy.replace("'self'", `'self' 'sha256-${hash}'`),
  };
}

interface File {
  readonly type: string;
  readonly content: string;
  readonly policy?: string;
}

const files: Record<string, File> = {
  '/module': withMap(importMap),
  '/module-of-another-version': withMap(mapOfAnother),
  '/module.js': { type: 'text/javascript', content: moduleScript },
  '/vendor/bankside.min.js': {
    type: 'text/javascript',
    content: readFileSync('dist/bankside.min.js', 'utf8'),
  },
  '/vendor/another.min.js': {
    type: 'text/javascript',
    content: `${readFileSync('dist/bankside.min.js', 'utf8')}\n// changed in transit`,
  },
  '/': {
    type: 'text/html',
    content: `<!doctype html><head><script src="/before.js"></script><script src="/bankside.js" integrity="${integrity}"></script>
      <script src="/after.js"></script><script src="/page.js"></script>`,
  },
  '/of-another-version': {
    type: 'text/html',
    content: `<!doctype html><head><script src="/another.js" integrity="${integrity}"></script>
      <script src="/what-is-there.js"></script>`,
  },
  '/another.js': {
    type: 'text/javascript',
    content: `${readFileSync('dist/bankside.iife.min.js', 'utf8')}\n// changed in transit`,
  },
  '/what-is-there.js': { type: 'text/javascript', content: 'document.found = typeof Bankside;' },
  '/before.js': {
    type: 'text/javascript',
    content: 'document.before = Object.getOwnPropertyDescriptors(window);',
  },
  '/after.js': {
    type: 'text/javascript',
    content: 'document.after = Object.getOwnPropertyDescriptors(window);',
  },
  '/bankside.js': { type: 'text/javascript', content: readFileSync('dist/bankside.iife.min.js', 'utf8') },
  '/page.js': { type: 'text/javascript', content: script },
  '/pserver': { type: 'application/json', content: '{"ok":true,"insights":[]}' },
  '/favicon.ico': { type: 'image/x-icon', content: '' },
};

describe(`the script-tag bundle in ${engineUnderTest}`, () => {
  let server: LocalServer;
  let observed: ObservedServer;
  let engine: Engine;

  beforeAll(async () => {
    server = await serveLocally((request, response) => {
      const file = files[request.url ?? ''];
      response.writeHead(file ? 200 : 404, {
        'content-security-policy': file?.policy ?? policy,
        'content-type': file?.type ?? 'text/plain',
      });
      response.end(file?.content);
    });
    observed = await ObservedServer.start(server.url);
    engine = await launch(engineUnderTest);
  });

  beforeEach(() => observed.reset());

  afterAll(async () => {
    await engine.close();
    await observed.close();
    await server.close();
  });

  it('answers a widget under a strict policy', async () => {
    const page = await engine.open(observed.url);
    const answers = await page.waitFor('() => answers.length > 0 && answers');
    expect(answers).toEqual([{ response: { ok: true, insights: [] }, requestId: '7' }]);
    expect(await observed.problems(page)).toEqual([]);
    expect(observed.requests).toContainEqual({ method: 'POST', path: '/pserver', status: 200 });
  });

  it('is not executed if its digest differs', async () => {
    const page = await engine.open(`${observed.url}/of-another-version`);
    expect(await page.waitFor('() => document.found')).toBe('undefined');
  });

  it('answers a widget as one module of an import map', async () => {
    const page = await engine.open(`${observed.url}/module`);
    const answers = await page.waitFor('() => document.answers?.length > 0 && document.answers');
    expect(answers).toEqual([{ response: { ok: true, insights: [] }, requestId: '7' }]);
    expect(await observed.problems(page)).toEqual([]);
    expect(observed.requests.map(({ path }) => path).filter((path) => path.startsWith('/vendor/'))).toEqual([
      '/vendor/bankside.min.js',
    ]);
  });

  it('is not executed as a module if its digest differs from that of the import map', async () => {
    const page = await engine.open(`${observed.url}/module-of-another-version`);
    await expect.poll(() => observed.problems(page)).not.toEqual([]);
    expect(observed.requests.map(({ path }) => path)).toContain('/vendor/another.min.js');
    expect(await page.evaluate('() => document.answers === undefined')).toBe(true);
  });

  it('writes one global of its own and two of zod, and changes none', async () => {
    const page = await engine.open(observed.url);
    const changed = await page.evaluate(() => {
      const { before, after } = document as unknown as Record<'before' | 'after', PropertyDescriptorMap>;
      return Object.keys(after).filter(
        (name) => !before[name] || !Object.is(before[name].value, after[name]?.value),
      );
    });
    expect(changed.sort()).toEqual(['Bankside', '__zod_globalConfig', '__zod_globalRegistry']);
  });
});
