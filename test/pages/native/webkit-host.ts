import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, startChild } from '../../engines/child.ts';
import { Cleanup } from '../../engines/cleanup.ts';
import { executableOf } from '../../engines/executables.js';
import { startVirtualDisplay } from '../../engines/virtual-display.ts';
import { createWebKitProfile } from '../../engines/webkit-profile.ts';

/** How native code handles a message: with an answer each time, or without. */
export type HandlerKind = 'plain' | 'reply' | 'refusal';

const ENDED = 'The app has ended';

interface Answer {
  readonly loaded?: string;
  readonly message?: string;
  readonly id?: number;
  readonly result?: string;
  readonly error?: string;
}

/** A native app around one page, in its own process: see webkit-host.py. The test acts as its native code. */
export class WebKitHost {
  /** The messages of the page, in order. */
  readonly messages: string[] = [];
  readonly #child: ChildProcess;
  readonly #cleanup: Cleanup;
  readonly #results = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess, cleanup: Cleanup) {
    this.#child = child;
    this.#cleanup = cleanup;
  }

  /** Starts the app, without its handler, and loads the page. */
  static async start(address: string): Promise<WebKitHost> {
    const cleanup = new Cleanup();
    try {
      const profile = await createWebKitProfile('light');
      cleanup.add(() => profile.remove());
      const display = await startVirtualDisplay();
      cleanup.add(() => display.close());
      const script = fileURLToPath(new URL('webkit-host.py', import.meta.url));
      const child = startChild(executableOf('python3'), [script, address], {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: { ...process.env, ...profile.env, DISPLAY: display.name },
      });
      cleanup.add(() => endChild(child));
      const host = new WebKitHost(child, cleanup);
      await host.#load();
      return host;
    } catch (error) {
      await cleanup.run();
      throw error;
    }
  }

  async #load(): Promise<void> {
    const { stdout } = this.#child;
    if (!stdout) throw new Error('The app has no output');
    const loaded = new Promise<void>((resolve, reject) => {
      createInterface(stdout).on('line', (line) => {
        const answer = JSON.parse(line) as Answer;
        if (answer.loaded !== undefined) resolve();
        this.#receive(answer);
      });
      this.#child.once('exit', (code, signal) => {
        reject(new Error(`The app has ended, with ${signal ?? `exit code ${code}`}`));
        for (const answer of this.#results.values()) answer({ error: ENDED });
      });
    });
    this.#order({ load: true });
    await loaded;
  }

  /** Adds the handler that the page looks for. */
  register(handler: HandlerKind): void {
    this.#order({ register: handler });
  }

  /** Removes the handler. */
  unregister(): void {
    this.#order({ unregister: true });
  }

  /** Runs a script in the page, and resolves with its value as a string. */
  async evaluate(script: string): Promise<string> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<Answer>((resolve) => {
      if (this.#hasEnded) resolve({ error: ENDED });
      this.#results.set(id, resolve);
      this.#order({ evaluate: script, id });
    });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result ?? '';
  }

  /** Kills the app, like a crash. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** The ids of the app's processes, those of the web view included. */
  processes(): Promise<number[]> {
    return treeOf(this.#child.pid ?? 0);
  }

  close(): Promise<void> {
    return this.#cleanup.run();
  }

  #receive({ message, id, ...outcome }: Answer): void {
    if (message !== undefined) this.messages.push(message);
    if (id !== undefined) {
      this.#results.get(id)?.(outcome);
      this.#results.delete(id);
    }
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #order(order: object): void {
    if (!this.#hasEnded) this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }
}

/** A process and all its descendants. */
async function treeOf(id: number): Promise<number[]> {
  const children = await readFile(`/proc/${id}/task/${id}/children`, 'utf8');
  const trees = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(treeOf));
  return [id, ...trees.flat()];
}
