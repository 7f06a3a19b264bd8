import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, engineNames } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { asPublished, bundlePage } from '../bundle-page.ts';
import { createBank, INSIGHTS } from './bank.ts';

const policy = "default-src 'self'; require-trusted-types-for 'script'";
const html = '<!doctype html><head><script src="/page.js" defer></script></head><body></body>';

describe.each(engineNames)('a strict policy in %s', (name) => {
  let server: LocalServer;
  let observed: ObservedServer;
  let engine: Engine;

  beforeAll(async () => {
    // As a bank would ship it: one file, with the package as it is published in it.
    const page = await bundlePage('test/pages/csp/page.ts', asPublished);
    const bank = createBank();
    server = await serveLocally((request, response) => {
      response.setHeader('content-security-policy', policy);
      if (request.method === 'POST') void bank(request, response);
      else if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(page);
      else response.setHeader('content-type', 'text/html').end(html);
    });
    observed = await ObservedServer.start(server.url);
    engine = await launch(name);
  });

  afterAll(async () => {
    await engine?.close();
    await observed?.close();
    await server?.close();
  });

  it('S1 is breached by nothing that the package does', async () => {
    const page = await engine.open(observed.url);
    await page.waitFor('() => isDone');

    const failed = { ok: false, status: '600', statusMessage: expect.any(String) };
    expect(await page.evaluate('() => outcomes')).toEqual({
      object: INSIGHTS,
      asJson: JSON.stringify(INSIGHTS),
      asBase64: Buffer.from(JSON.stringify(INSIGHTS).replace(/[^ -~]/g, escaped)).toString('base64'),
      base64: INSIGHTS,
      repeated: INSIGHTS,
      redirect: failed,
      html: failed,
      refused: { ok: false, status: '409' },
      timeout: failed,
      text: INSIGHTS,
      message: INSIGHTS,
      schema: INSIGHTS,
      openBanking: { ok: true, accounts: [] },
      callback: { ok: true, accounts: [] },
      disposed: 'DISPOSED',
    });
    const allowed = {
      requests: [401, 409, 503, 'aborted' as const].map((status) => ({ path: '/pserver', status })),
      reports: [/^error in \/: .*A handler that fails/],
    };
    expect(await observed.problems(page, allowed)).toEqual([]);
  });

  it('S1 would be seen to be breached', async () => {
    const page = await engine.open(`${observed.url}/again`);
    await page.waitFor('() => isDone');
    observed.reset();

    // In a task of its own: what a test evaluates is allowed more than the page.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            try {
              new Function('');
            } catch {
              // What matters is that it is told.
            }
            resolve();
          });
        }),
    );

    expect(await observed.problems(page)).toContainEqual(
      expect.stringMatching(/^violation in \/again: (script-src|require-trusted-types-for)/),
    );
  });
});

/** As JSON may write any character: decoders in the field do not read all of them. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
