import type { PlaygroundSandbox } from './playground-sandbox.ts';

/** How long a page may take to open its sandbox, in ms. */
const PATIENCE = 5_000;

type Resolve = (sandbox: PlaygroundSandbox | undefined) => void;

/** The sandboxes of the open pages, by the ids of these. */
export class SandboxesOfPages {
  readonly #sandboxes = new Map<string, PlaygroundSandbox>();
  readonly #waiting = new Map<string, Resolve[]>();

  get(id: string): PlaygroundSandbox | undefined {
    return this.#sandboxes.get(id);
  }

  set(id: string, sandbox: PlaygroundSandbox): void {
    this.#sandboxes.get(id)?.close();
    this.#sandboxes.set(id, sandbox);
    for (const resolve of this.#waiting.get(id) ?? []) resolve(sandbox);
    this.#waiting.delete(id);
  }

  /** Resolves once the page has its sandbox; with `undefined` if it does not open one. */
  whenOpen(id: string): Promise<PlaygroundSandbox | undefined> {
    return new Promise((resolve) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
      setTimeout(resolve, PATIENCE, undefined);
    });
  }

  /** Closes the sandboxes of the pages that are gone. */
  async closeThoseOf(isGone: (id: string) => Promise<boolean>): Promise<void> {
    for (const [id, sandbox] of [...this.#sandboxes]) {
      if (!(await isGone(id))) continue;
      sandbox.close();
      this.#sandboxes.delete(id);
    }
  }
}
