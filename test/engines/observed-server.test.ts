import type { RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalServer, serveLocally } from '../harness/local-server.ts';
import type { Engine } from './engine.ts';
import { engineUnderTest } from './engine-under-test.ts';
import { launch } from './launch.ts';
import { ObservedServer } from './observed-server.ts';
import type { Page } from './page.ts';

const documentOf = (body: string): string => `<!doctype html><head><title>Page</title></head><body>${body}`;

const pages: Record<string, string> = {
  '/fine': documentOf('<img src="/dot.svg" alt="">'),
  '/broken': documentOf('<script src="/throws.js"></script><img src="/missing.png" alt="">'),
  '/inline': documentOf('<script>window.ran = true</script>'),
  '/framing': documentOf('<iframe src="/broken"></iframe>'),
};

const scripts: Record<string, string> = {
  '/throws.js': `
    Promise.reject(new RangeError('rejected'));
    console.error('logged', new Error('with care'));
    throw new TypeError('thrown');`,
};

/** Pages with each kind of problem. */
const answer: RequestListener = (request, response) => {
  const path = request.url ?? '';
  response.setHeader('content-security-policy', "default-src 'self'; require-trusted-types-for 'script'");
  if (pages[path]) response.setHeader('content-type', 'text/html').end(pages[path]);
  else if (scripts[path]) response.setHeader('content-type', 'text/javascript').end(scripts[path]);
  else if (path === '/dot.svg') {
    response.setHeader('content-type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  } else if (path === '/blind') {
    response.setHeader('content-security-policy', "default-src 'none'");
    response.setHeader('content-type', 'text/html').end(documentOf(''));
  } else if (path === '/stream') {
    response.setHeader('content-type', 'text/event-stream').write('data: first\n\n');
  } else if (path === '/cut') {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setImmediate(() => response.destroy());
  } else if (path === '/garbage') response.setHeader('content-type', 'text/html').end('<head>');
  else if (path === '/favicon.ico') response.writeHead(204).end();
  else if (path !== '/never') response.writeHead(404).end();
};

describe(`an observed server in ${engineUnderTest}`, () => {
  let server: LocalServer;
  let observed: ObservedServer;
  let engine: Engine;
  let page: Page;

  beforeAll(async () => {
    server = await serveLocally(answer);
    observed = await ObservedServer.start(server.url);
    engine = await launch(engineUnderTest);
    page = await engine.open('about:blank');
  });

  afterAll(async () => {
    await engine.close();
    await observed.close();
    await server.close();
  });

  afterEach(async () => {
    await page.goto(`${observed.url}/fine`);
    observed.reset();
  });

  /** The starts of the problems, without duplicates: engines word the rest differently, and some request a missing file twice. */
  const problems = async (): Promise<string[]> => {
    const beginnings = (await observed.problems(page)).map((text) => /^[^:]*: ?\S*/.exec(text)?.[0] ?? text);
    return [...new Set(beginnings)].sort();
  };

  it('reports nothing for a page without faults, and saw all its requests', async () => {
    await page.goto(`${observed.url}/fine`);
    expect(await observed.problems(page)).toEqual([]);
    expect(observed.requests.slice(0, 2)).toEqual([
      { method: 'GET', path: '/fine', status: 200 },
      { method: 'GET', path: '/dot.svg', status: 200 },
    ]);
  });

  it.each(['/broken', '/framing'])('reports everything that goes wrong in %s', async (path) => {
    await page.goto(observed.url + path);
    expect(await problems()).toEqual([
      'GET /missing.png: 404',
      'console.error in /broken: logged',
      'error in /broken: TypeError:',
      'rejection in /broken: RangeError:',
      `resource in /broken: img`,
    ]);
  });

  it('reports violations of the policy', async () => {
    await page.goto(`${observed.url}/inline`);
    await page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>bold</b>';
      } catch {
        // Refused: the test looks for the violation.
      }
    });
    const seen = await problems();
    expect(seen).toContain('violation in /inline: script-src-elem:');
    expect(seen).toContain('violation in /inline: require-trusted-types-for:');
  });

  it('reports a policy that blocks its observer', async () => {
    await page.goto(`${observed.url}/blind`);
    expect(await problems()).toContain('/blind: the');
  });

  it('distinguishes requests that the page aborted from those that the server broke off', async () => {
    await page.goto(`${observed.url}/fine`);
    await page.evaluate(() => {
      const leaver = new AbortController();
      addEventListener('leave', () => leaver.abort());
      fetch('/never', { signal: leaver.signal }).catch(() => {});
      return fetch('/cut').then((response) => response.text().catch(() => {}));
    });
    // On a busy machine, a request that is aborted too early never arrives.
    await expect.poll(() => observed.requests.map(({ path }) => path)).toContain('/never');
    await page.evaluate(() => dispatchEvent(new Event('leave')));
    await expect.poll(problems).toEqual(['GET /cut: failed', 'GET /never: aborted']);
    const allowed = {
      requests: [
        { path: '/never', status: 'aborted' },
        { path: '/cut', status: 'failed' },
      ],
    } as const;
    expect(await observed.problems(page, allowed)).toEqual([]);
  });

  it('passes streams on as they arrive, and does not change fetched HTML', async () => {
    await page.goto(`${observed.url}/fine`);
    const first = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const source = new EventSource('/stream');
          source.onmessage = ({ data }) => {
            source.close();
            resolve(data);
          };
        }),
    );
    expect(first).toBe('first');
    expect(await page.evaluate(() => fetch('/garbage').then((response) => response.text()))).toBe('<head>');
    expect(await observed.problems(page)).toEqual([]);
  });
});
