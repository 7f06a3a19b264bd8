import type { Push } from 'bankside/testing';
import { askWorker, Refusal } from './ask-worker.ts';
import type { CommandName, Commands, MessageToPage, SandboxWish } from './commands.ts';
import { loadSandbox } from './load-sandbox.ts';
import { registerWorker, whenControlled } from './register-worker.ts';

/** How often a page asks the worker to stay, in ms: browsers end one that has had nothing to do for 30 s. */
const STAY_INTERVAL = 10_000;

/** The sandbox of a page, in the worker or in the page. */
export interface SandboxLink {
  /** Why the sandbox is in the page. Missing: it is in the worker. */
  readonly whyInPage?: string;
  /** The `fetch` that reaches the sandbox. Missing: that of the page does, since the worker answers it. */
  readonly fetch?: typeof fetch;
  run<Name extends CommandName>(
    name: Name,
    ...given: Commands[Name]['given'] extends undefined ? [] : [Commands[Name]['given']]
  ): Promise<Commands[Name]['result']>;
}

/** What a page hears of its sandbox. */
export interface SandboxListener {
  /** A reply came outside of HTTP. */
  onPush(push: Push): void;
  /** The worker had been ended, and the page has a new sandbox. */
  onReopened(): void;
}

/**
 * Opens a sandbox for this page alone: in the service worker, or in the page itself where there is none.
 *
 * @throws Error with one sentence, if the faults or the recording cannot be read.
 */
export async function connectSandbox(wish: SandboxWish, listener: SandboxListener): Promise<SandboxLink> {
  try {
    return await connectWorker(wish, listener);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const whyInPage = error instanceof Error ? error.message : String(error);
    return openInPage(wish, listener, whyInPage);
  }
}

async function connectWorker(wish: SandboxWish, listener: SandboxListener): Promise<SandboxLink> {
  let worker = await registerWorker();
  navigator.serviceWorker.addEventListener('message', ({ data, source }: MessageEvent<MessageToPage>) => {
    if (data.kind === 'pushed') return listener.onPush(data.push);
    worker = source as ServiceWorker;
    askWorker(worker, { kind: 'open', wish }).then(listener.onReopened, () => {});
  });
  await askWorker(worker, { kind: 'open', wish });
  await whenControlled();
  setInterval(() => worker.postMessage({ kind: 'stay' }), STAY_INTERVAL);
  return {
    run: (name, ...[given]) => askWorker(worker, { kind: 'run', name, given }) as Promise<never>,
  };
}

/** Loads the sandbox into the page, and sends nothing over a network. */
async function openInPage(
  wish: SandboxWish,
  { onPush }: SandboxListener,
  whyInPage: string,
): Promise<SandboxLink> {
  const PlaygroundSandbox = await loadSandbox();
  const sandbox = new PlaygroundSandbox(wish, onPush);
  return {
    whyInPage,
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const response = await sandbox.respond(request);
      request.signal.throwIfAborted();
      if (response.type === 'error') throw new TypeError('Failed to fetch');
      return response;
    },
    async run(name, ...[given]) {
      return sandbox.run(name, given as never) as never;
    },
  };
}
