import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../entries.ts';
import { type Consumer, createConsumer } from '../package/consumer.ts';
import oldest from './oldest/package.json' with { type: 'json' };

/** The supported compilers: those in the folder `oldest`, and the one that builds this package. */
const compilers: readonly (readonly [name: string, folder: string])[] = [
  ...Object.keys(oldest.dependencies)
    .filter((name) => name.startsWith('typescript-'))
    .map((name) => [name.replace('-', ' '), `test/consumers/oldest/node_modules/${name}`] as const),
  ['the compiler of this package', 'node_modules/typescript'],
];

const checkTypes = fileURLToPath(new URL('check-types.js', import.meta.url));

const resolutions = [
  { module: 'ESNext', moduleResolution: 'Bundler' },
  { module: 'Node16', moduleResolution: 'Node16' },
  // It does not read `exports`.
  { module: 'ESNext', moduleResolution: 'Node10' },
];

/** What a compiler needs for a resolution. `undefined`: it no longer has that resolution. */
function optionsFor(
  compiler: string,
  { moduleResolution }: (typeof resolutions)[number],
): object | undefined {
  if (moduleResolution !== 'Node10' || /-5\.\d$/.test(compiler)) return {};
  return compiler.endsWith('-7.0') ? undefined : { ignoreDeprecations: '6.0' };
}

const options = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

const right = `
  import { httpTransport, QueuePoller, WidgetBridge } from 'bankside';
  import { fromEvents, injectConnection, injectWidgetBridge, provideWidgetBridge } from 'bankside/angular';
  import { useBridge, useConnection, useQueuePoller, useWidgetBridge } from 'bankside/react';
  import { createSandbox } from 'bankside/testing';
  import 'bankside/personetics';
  import { createTestTransport, createTestWidget } from 'bankside/testing/doubles';
  import { startSandboxServer } from 'bankside/testing/server';
  import { createWebViewHost } from 'bankside/webview-host';
${entries.map(([name], index) => `  import * as entry${index} from '${name}';`).join('\n')}

  export const all: object[] = [${entries.map((_entry, index) => `entry${index}`).join(', ')}];
  const transport = httpTransport({ endpoints: { pserver: '/pserver' }, authToken: false });
  const create = () => new WidgetBridge({ transport });
  const follow = () => new QueuePoller({ baseUrl: '/linxo', accessToken: () => 'token' });
  create().attach(personetics, window.PersoWidget);
  create().attach(() => window.personetics);
  personetics.startWidget({ widgetType: 'teaser-widget', el: '#insights', userId: 'user-1', ownOption: 1 });
  create().on('failure', ({ error }) => {
    if (error.code === 'TIMEOUT') console.warn(error.details.timeout.toFixed());
  });

  export function Page(): string | undefined {
    const { pending } = useBridge(useWidgetBridge(create));
    return pending[0]?.type ?? useConnection(useQueuePoller(follow), '42')?.status;
  }
  export class Bank {
    readonly connection = injectConnection('42');
    readonly providers = [provideWidgetBridge(create)];
    readonly pages = fromEvents(injectWidgetBridge(), 'navigateToPage').subscribe(({ data }) => console.log(data));
    get isSyncing(): boolean | undefined {
      return this.connection()?.syncing;
    }
  }
  export async function test(): Promise<string> {
    const widget = createTestWidget('a');
    create().attach(widget, {});
    createTestTransport().last.answer({ ok: true });
    await (await startSandboxServer({ port: 0 })).close();
    return createSandbox({ seed: 1 }).issueAccessToken();
  }
  export const host = createWebViewHost({ transport, inject: (script) => console.log(script) });
`;

/** One mistake for each entry, on its own line. */
const wrong = `import { WidgetBridge } from 'bankside'; new WidgetBridge({ transport: 1 });
import { injectConnection } from 'bankside/angular'; injectConnection('42')()?.status.toFixed();
import { useConnection } from 'bankside/react'; useConnection(undefined, 42);
import { createSandbox } from 'bankside/testing'; createSandbox({ seed: 'one' });
import { createTestWidget } from 'bankside/testing/doubles'; createTestWidget('carrier pigeon');
import { startSandboxServer } from 'bankside/testing/server'; startSandboxServer({ port: 'any' });
import { createWebViewHost } from 'bankside/webview-host'; createWebViewHost({});
import 'bankside/personetics'; personetics.startWidget({ userId: 1 });
`;

/** As docs/vanilla.md says for CommonJS: a dynamic import is fine with each, a static one only with some. */
const commonJs = {
  'static.ts': "import { WidgetBridge } from 'bankside';\nexport const name: string = WidgetBridge.name;\n",
  'dynamic.ts': `
    export async function create(): Promise<object> {
      const { WidgetBridge } = await import('bankside');
      return new WidgetBridge({ transport: { send: async () => ({ ok: true }) } });
    }
  `,
};

/** Whether the compiler lets CommonJS files import modules statically, with `nodenext`. */
function allowsStaticImport(compiler: string): boolean {
  return !/-5\.[4-7]$/.test(compiler);
}

describe.each([
  ['the oldest peers', 'test/consumers/oldest', compilers],
  ['the newest peers', '.', compilers.slice(-2)],
] as const)('the declarations, with %s', (_peers, from, compilers) => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = createConsumer(['@angular/core', '@types/react', 'msw', 'rxjs'], from);
    consumer.write('package.json', '{ "type": "module" }');
    consumer.write('right.ts', right);
    consumer.write('wrong.ts', wrong);
    mkdirSync(join(consumer.folder, 'commonjs'));
    consumer.write('commonjs/package.json', '{ "type": "commonjs" }');
    for (const [name, code] of Object.entries(commonJs)) consumer.write(`commonjs/${name}`, code);
  });

  afterAll(() => {
    consumer.remove();
  });

  describe.each(compilers)('with %s', (_name, compiler) => {
    it.concurrent.each(resolutions.filter((resolution) => optionsFor(compiler, resolution)))(
      'are correct for a strict page ($moduleResolution)',
      async (resolution) => {
        const compilerOptions = { ...options, ...resolution, ...optionsFor(compiler, resolution) };
        const name = `tsconfig.${resolution.moduleResolution}.json`;
        const faults = await check(compiler, name, { compilerOptions, files: ['right.ts', 'wrong.ts'] });
        // Faults in declarations of peers are not ours. A compiler without an API checks those, too.
        const ours = faults.filter((fault) => /^(\(|right\.ts|node_modules\/bankside\/)/.test(fault));
        expect(ours).toEqual([]);
        const mistakes = faults.filter((fault) => fault.startsWith('wrong.ts'));
        const lines = mistakes.map((fault) => Number(/^wrong\.ts\((\d+)/.exec(fault)?.[1]));
        expect([...new Set(lines)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      },
    );

    it.concurrent.each([
      ['Node16', false],
      ['NodeNext', allowsStaticImport(compiler)],
    ])('S0: are found from files of CommonJS, with %s', async (module, isAllowed) => {
      const compilerOptions = { ...options, skipLibCheck: true, module, moduleResolution: module };
      const files = Object.keys(commonJs).map((name) => `commonjs/${name}`);
      const faults = await check(compiler, `tsconfig.commonjs.${module}.json`, { compilerOptions, files });
      const asRequire = /^commonjs\/static\.ts.*imports will produce 'require' calls/; // TS1479
      const shown = faults.filter((fault) => /^\S+\(/.test(fault));
      expect(shown).toEqual(isAllowed ? [] : [expect.stringMatching(asRequire)]);
    });
  });

  /** Compiles a project, and resolves with the compiler's output. */
  function check(compiler: string, name: string, project: object): Promise<string[]> {
    consumer.write(name, JSON.stringify(project));
    const config = join(realpathSync(consumer.folder), name);
    const args = existsSync(join(compiler, 'lib/typescript.js'))
      ? [checkTypes, resolve(compiler, 'lib/typescript.js'), config]
      : [resolve(compiler, 'bin/tsc'), '-p', config, '--pretty', 'false'];
    return new Promise((done) => {
      execFile(process.execPath, args, { cwd: consumer.folder }, (_failed, output) =>
        done(output.split(/\r?\n/)),
      );
    });
  }
});
