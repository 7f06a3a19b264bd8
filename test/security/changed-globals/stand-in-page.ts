import { createContext, Script } from 'node:vm';
import { onTestFinished } from 'vitest';
import { bundlePage } from '../../pages/bundle-page.ts';
import { Bank } from './bank.ts';
import { rememberClasses } from './remember-classes.ts';

/** Globals of engines, beside those of the language. */
const GIVEN = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'DOMException',
  'Event',
  'EventTarget',
  'FormData',
  'Headers',
  'MessageChannel',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'btoa',
  'clearInterval',
  'clearTimeout',
  'performance',
  'queueMicrotask',
  'setInterval',
  'structuredClone',
] as const;

/** Timers up to this length fire at once, in ms. Time limits do not. */
const PAUSE = 1_000;

let bundled: Promise<Script> | undefined;

/** The bank's page with the package in it. */
function bundle(): Promise<Script> {
  bundled ??= bundlePage('test/security/changed-globals/page.ts').then((source) => new Script(source));
  return bundled;
}

/**
 * A page in its own realm, for one test: it has its own `Array`, `Error` and `JSON`, and natives that it can
 * replace. Its changes to this realm are undone after the test.
 */
export class StandInPage {
  readonly bank: Bank;
  /** Uncaught errors of the page. */
  readonly uncaught: unknown[] = [];
  readonly #context: Record<string, unknown>;

  constructor(bank: Bank = new Bank()) {
    this.bank = bank;
    onTestFinished(rememberClasses());
    const given = Object.fromEntries(GIVEN.map((name) => [name, globalThis[name]]));
    this.#context = createContext({
      ...given,
      console,
      bank: 'https://bank.example',
      fetch: (address: string, options: RequestInit) => bank.answer(new Request(address, options)),
      reportError: (error: unknown) => this.uncaught.push(error),
      setTimeout: (run: () => void, ms = 0) => Number(setTimeout(run, ms <= PAUSE ? 0 : ms)),
    });
    this.run('var window = globalThis, self = globalThis;');
  }

  /** Runs a script of the page. */
  run(script: string): unknown {
    return new Script(script).runInContext(this.#context);
  }

  /** Loads the bank's page. Throws what the package throws when it is loaded. */
  async load(): Promise<void> {
    (await bundle()).runInContext(this.#context);
  }

  /** Uses parts of the package, all by default, and resolves with the outcome of each. */
  async use(parts: string = String(this.run('parts'))): Promise<Record<string, string>> {
    return { ...((await this.run(`use(${JSON.stringify(parts)})`)) as Record<string, string>) };
  }
}
