import { createContext, Script } from 'node:vm';
import { onTestFinished } from 'vitest';
import { bundlePage } from '../../pages/bundle-page.ts';
import { Bank } from './bank.ts';
import { rememberClasses } from './remember-classes.ts';

/** What engines give a page beside the language itself. */
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

/** Pauses up to this pass at once, in ms; time limits do not. */
const PAUSE = 1_000;

let bundled: Promise<Script> | undefined;

/** The bank's page with the package in it. */
function bundle(): Promise<Script> {
  bundled ??= bundlePage('test/security/pages-as-they-are/page.ts').then((source) => new Script(source));
  return bundled;
}

/**
 * A page in a realm of its own, for one test: it has its own `Array`, `Error`, `JSON`, and natives that it can replace.
 * What it changes in this realm is put back when the test is over.
 */
export class StandInPage {
  readonly bank: Bank;
  /** Errors that nothing in the page has caught. */
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

  /** Runs a script of the page's. */
  run(script: string): unknown {
    return new Script(script).runInContext(this.#context);
  }

  /** Loads the bank's page. Throws what the package throws when it is loaded. */
  async load(): Promise<void> {
    (await bundle()).runInContext(this.#context);
  }

  /** Uses parts of the package, all by default, and resolves with what came of each. */
  async use(parts: string = String(this.run('parts'))): Promise<Record<string, string>> {
    return { ...((await this.run(`use(${JSON.stringify(parts)})`)) as Record<string, string>) };
  }
}
