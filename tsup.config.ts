import type { Plugin } from 'esbuild';
import type { Options } from 'tsup';

/**
 * One file in dist for each file in src. A single bundled index.js would defeat tree-shaking: what a bundler must keep of
 * it (top-level values, static blocks, computed keys) every consumer gets. With `sideEffects: false` whole files fall away
 * instead, and all entries import the same files, so that `bankside/testing` sees the classes of `bankside`.
 */
const keepModules: Plugin = {
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      // Without `sideEffects: false` esbuild leaves a bare import where all the names of an import went unused, and
      // consumers' bundlers warn of those.
      return { path: path.replace(/\.ts$/, '.js'), external: true, sideEffects: false };
    });
  },
};

const modules: Options = {
  entry: ['src/**/*.ts'],
  tsconfig: 'src/tsconfig.json',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  splitting: true,
  sourcemap: true,
  // `npm run build` does that, as the bundles come meanwhile.
  clean: false,
  silent: true,
  // `node:http` says that it is Node's, to runtimes and bundlers that would look for a package of that name.
  removeNodeProtocol: false,
  external: [/^node:/],
  esbuildPlugins: [keepModules],
  dts: {
    // Folder by folder: where the next entry is of another one, tsup compiles a program of its own, which takes seconds.
    // It takes the folder of `tsconfig` for that of the first entry.
    entry: {
      index: 'src/index.ts',
      angular: 'src/angular.ts',
      inspector: 'src/inspector.ts',
      monitoring: 'src/monitoring.ts',
      personetics: 'src/personetics.ts',
      react: 'src/react.ts',
      recording: 'src/recording.ts',
      'webview-host': 'src/webview-host.ts',
      'testing/index': 'src/testing/index.ts',
      'testing/doubles': 'src/testing/doubles.ts',
      'testing/server/index': 'src/testing/server/index.ts',
    },
    // For consumers on an older `lib`, whose compiler does not know `Symbol.dispose`.
    banner: '/// <reference lib="esnext.disposable" />',
    // The types are checked by `npm run check` and by the tests of types, once.
    compilerOptions: { ignoreDeprecations: '6.0', noCheck: true },
  },
};

export default modules;
