import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProviderOption } from 'vitest/node';
import { type Engine, type EngineName, engineNames } from './engine.ts';
import { launch } from './launch.ts';

/** Lets Vitest run tests in the installed engines. */
export function engines(): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'engines',
    supportedBrowser: [...engineNames],
    providerFactory(project) {
      const name = project.config.browser.name as EngineName;
      let launched: Promise<Engine> | undefined;
      return {
        name: 'engines',
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(_sessionId, url) {
          launched ??= launch(name);
          const engine = await launched;
          await engine.open(url);
        },
        async close() {
          // `openPage` has thrown the error of a failed launch, which has nothing to close.
          const engine = await launched?.catch(() => undefined);
          await engine?.close();
        },
      };
    },
  });
}
