import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { send, serving } from './serving.ts';

/** Folders of pages that say their own name. */
async function pages<N extends string>(...names: readonly N[]): Promise<Record<N, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const made: [string, string][] = [];
  for (const name of names) {
    const page = join(folder, name);
    await mkdir(page);
    await writeFile(join(page, 'index.html'), `<!doctype html>${name}`);
    await writeFile(join(page, 'name.txt'), name);
    made.push([name, page]);
  }
  return Object.fromEntries(made) as Record<N, string>;
}

test('several pages are served, each below its own place', async () => {
  const { home, react } = await pages('home', 'react');
  const server = await serving({ pageFolder: home, otherPages: { '/react/': react } });

  for (const [path, body] of [
    ['/', '<!doctype html>home'],
    ['/name.txt', 'home'],
    ['/react/', '<!doctype html>react'],
    ['/react/name.txt', 'react'],
  ] as const)
    expect(await send(server, path)).toMatchObject({ status: 200, body });
  expect((await send(server, '/react/')).headers['content-security-policy']).toContain("default-src 'self'");
  for (const path of ['/reactname.txt', '/react/../home/name.txt', '/react/..%2fhome/name.txt'])
    expect(await send(server, path)).toMatchObject({ status: 404 });
});

test('what the pages share is served beside any page', async () => {
  const { home } = await pages('home');
  const server = await serving({ pageFolder: home });

  const { status, headers } = await send(server, '/elsewhere-bank/widget/personetics.js');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
});
