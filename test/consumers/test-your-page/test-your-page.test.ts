import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executableOf } from '../../engines/executables.js';
import { createProject, type Project, shownFile } from '../projects/project.ts';

const shown = (heading: string, name: string): string => shownFile('docs/test-your-page.md', heading, name);

const asModules = JSON.stringify({ type: 'module' });
const forJest = "import { afterAll, beforeAll, expect, test } from '@jest/globals';";
const esModules = { NODE_OPTIONS: '--experimental-vm-modules' };

/** A transport with a fault that the test must find: it never answers. */
const broken = shown('What is tested', 'wire.js').replace('bridge.attach(widget);', '');

describe('docs/test-your-page.md, with the published package', { timeout: 600_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    const wire = shown('What is tested', 'wire.js');
    const test = shown('Vitest', 'wire.test.js');
    for (const folder of ['vitest', 'jest', 'playwright']) project.write(`${folder}/package.json`, asModules);
    project.write('babel/package.json', '{}');
    for (const folder of ['vitest', 'jest', 'babel']) project.write(`${folder}/wire.js`, wire);
    project.write('vitest/wire.test.js', test);
    project.write('jest/wire.test.js', test.replace(/^import .* from 'vitest';$/m, forJest));
    project.write('jest/jest.config.js', shown('Jest', 'jest.config.js'));
    project.write('babel/wire.test.js', shown('Jest with Babel', 'wire.test.js'));
    project.write('babel/jest.config.cjs', shown('Jest with Babel', 'jest.config.cjs'));
    project.copy('babel.config.cjs', 'babel/babel.config.cjs');
    for (const name of ['index.html', 'page.js', 'serve.js', 'playwright.config.js'])
      project.copy(name, `playwright/${name}`);
    for (const name of ['with-sandbox.js', 'insights.spec.js'])
      project.write(`playwright/${name}`, shown('Playwright', name));
  }, 600_000);

  afterAll(() => {
    project?.remove();
  });

  it('Vitest', async () => {
    expect(await project.run('vitest', 'vitest', ['run'])).toMatch(/Tests +1 passed/);
  });

  it('Vitest fails for a page that answers nothing', async () => {
    project.write('broken/package.json', asModules);
    project.write('broken/wire.js', broken);
    const limit = "test('the widget is answered, and a stale token does not show', { timeout: 2_000 },";
    const test = shown('Vitest', 'wire.test.js').replace(/^test\('[^']*',/m, limit);
    project.write('broken/wire.test.js', test);
    await expect(project.run('broken', 'vitest', ['run'])).rejects.toThrow(/1 failed/);
  });

  it('Jest with ES modules', async () => {
    expect(shown('Jest', 'jest.config.js')).toContain('transform: {}');
    expect(await project.run('jest', 'jest', [], esModules)).toMatch(/Tests: +1 passed/);
  });

  it('Jest with Babel', async () => {
    expect(await project.run('babel', 'jest', [])).toMatch(/Tests: +1 passed/);
  });

  it('Playwright', async () => {
    const env = { PORT: `${await freePort()}`, CHROMIUM: executableOf('chromium') };
    expect(await project.run('playwright', 'playwright', ['test'], env)).toMatch(/2 passed/);
  });
});

/** Playwright starts the page's server itself, and needs its port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
