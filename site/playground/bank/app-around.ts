import { httpTransport } from 'bankside';
import { apps } from '../../../examples/showcase/vanilla/app/app.js';
import type { Settings } from '../settings.ts';
import type { SandboxLink } from '../worker/connect-sandbox.ts';
import { scriptAddress } from '../worker/script-address.ts';
import { channelOptions } from './wiring.ts';

/**
 * Plays the app around the page: puts on its window what the app's WebView would, and sends its requests as the native side
 * would.
 */
export function putAppAround(shownIn: Exclude<Settings['shownIn'], 'browser'>, link: SandboxLink): void {
  const app = apps[shownIn];
  const inOrder = createScriptRunner(link);
  const connection = app?.connect({
    channel: httpTransport(channelOptions(link)),
    heard() {},
    intoPage({ name, script }, run) {
      // React Native has scripts only. The others call a function, which a page may do itself.
      if (name === 'injectJavaScript') inOrder(script);
      else run(window);
    },
  });
  for (const [name, value] of Object.entries(connection?.bridge ?? {})) {
    Object.defineProperty(window, name, { configurable: true, writable: true, value });
  }
}

/** Runs scripts in the order in which they come. Each is loaded as a file, which the policy of the page allows. */
function createScriptRunner(link: SandboxLink): (script: string) => void {
  let before: Promise<unknown> = Promise.resolve();
  return (script) => {
    const address = keepScript(link, script);
    before = Promise.all([address, before])
      .then(([found]) => loadScript(found))
      .catch(console.error);
  };
}

async function keepScript(link: SandboxLink, script: string): Promise<string> {
  if (!link.whyInPage) return link.run('keepScript', script);
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = scriptAddress(address) as string;
    element.addEventListener('error', () => reject(new Error('A script of the app was not loaded.')));
    element.addEventListener('load', () => resolve());
    document.head.append(element);
    element.addEventListener('load', () => {
      element.remove();
      if (address.startsWith('blob:')) URL.revokeObjectURL(address);
    });
  });
}
