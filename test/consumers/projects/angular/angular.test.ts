import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { installedEngines } from '../../../engines/installed-engines.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { reportingCreation, reportingRequests } from '../on-server.ts';
import { pasted } from '../pasted.ts';
import { createProject, type Project, shownFile } from '../project.ts';
import { serveBank } from '../serve-bank.ts';

const page = 'docs/angular.md';
const built = 'dist/bank/browser';

describe('a project made with `ng new --ssr`', { timeout: 900_000 }, () => {
  let project: Project;

  beforeAll(() => {
    project = createProject(import.meta.dirname);
    project.copy('starter', '.');
    const shown = (name: string) => shownFile(page, 'The first component that works', name);
    project.write('src/app/app.config.ts', reportingCreation(shown('src/app/app.config.ts')));
    project.write('src/app/insights.ts', shown('src/app/insights.ts'));
    const snippets = pasted(page, 'ts');
    for (const { name, code } of snippets) project.write(`src/app/pasted/${name}`, code);
    const providers = snippets.find(({ code }) => code.includes('connectionProviders'))?.code ?? '';
    const withSession = providers.replace(
      /^declare const Session.*$/m,
      "import { Session } from './session';",
    );
    project.write(
      'src/app/connection-providers.ts',
      reportingCreation(withSession.replace(', type Type', '')),
    );
  }, 900_000);

  afterAll(() => {
    project?.remove();
  }, 300_000);

  it('compiles the snippets of docs/angular.md as they are shown', async () => {
    expect(await project.run('.', 'ngc', ['-p', 'tsconfig.app.json', '--noEmit'])).toBe('');
  });

  it('S2 builds without a warning, and creates and requests nothing on the server that renders the page', async () => {
    const environment = {
      NODE_ENV: 'production',
      NG_CLI_ANALYTICS: 'false',
      ...reportingRequests(project),
    };
    const output = await project.run('.', 'ng', ['build'], environment);
    expect(output).toContain('Prerendered 1 static route');
    expect(output).not.toMatch(/warning|error/i);
    expect(output).toContain('loaded on the server');
    expect(output).not.toMatch(/(created|requested) on the server/);
    const html = readFileSync(join(project.root, built, 'index.html'), 'utf8');
    expect(html).toContain('<h1>Your money</h1>');
    expect(html).toMatch(/<div id="insights"><\/div>/);
    expect(html).toMatch(/<progress[^>]* hidden/);
  });

  describe.runIf(installedEngines.includes('chromium'))('in Chromium', () => {
    const getEngine = useForSuite(() => launch('chromium'));

    it('B1 Q3 answers the widget once, and shows the user’s banks', async () => {
      const bank = await serveBank(join(project.root, built));
      onTestFinished(() => bank.close());
      const opened = await getEngine().open(bank.url);
      onTestFinished(() => opened.close());
      const shown = await opened.waitFor(() => document.querySelector('#insights')?.textContent ?? '');
      expect(JSON.parse(shown)).toEqual([[expect.objectContaining({ ok: true, numberOfInsights: 6 }), '1']]);
      await expect.poll(() => bank.sandbox.linxo.queues().length).toBe(1);
      const { id } = bank.sandbox.linxo.addConnection({ name: 'Kaasmolen Bank' });
      bank.sandbox.linxo.synchronise(id, 'success', { speed: 10 });
      await opened.waitFor(() =>
        document.querySelector('bank-connection')?.textContent?.includes('Kaasmolen Bank: Up to date'),
      );
    });
  });
});
