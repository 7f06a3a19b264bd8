// The API reference as pages of the site, from the docstrings.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, TSConfigReader } from 'typedoc';
import { descriptionOf } from './description.js';
import { withHead } from './with-head.js';

/** Writes a page for each entry of the package and for each exported name. */
export async function writeReference(folder) {
  const options = {
    name: 'bankside',
    entryPoints: entryPoints(),
    readme: 'none',
    tsconfig: 'site/tsconfig.reference.json',
    out: folder,
    plugin: ['typedoc-plugin-markdown'],
    disableSources: true,
    // What an element inherits from HTMLElement is not ours to document.
    excludeExternals: true,
    logLevel: 'Warn',
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    expandParameters: true,
    parametersFormat: 'table',
    indexFormat: 'table',
    pageTitleTemplates: { index: 'API reference' },
  };
  const app = await Application.bootstrapWithPlugins(options, [new TSConfigReader()]);
  const project = await app.convert();
  if (!project) throw new Error('The sources do not compile: run "npm run check"');
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error('The API reference has errors, see above');
  describePages(folder);
}

function describePages(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.md'));
  for (const file of files.map((name) => join(folder, name))) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, withHead({ description: descriptionOf(text) }, text));
  }
}

/** The source of each public entry. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  const types = Object.values(exports).flatMap((entry) => entry.types ?? []);
  return [...new Set(types)].map((path) => path.replace('./dist/', 'src/').replace('.d.ts', '.ts'));
}
