import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyStroke, PageDriver, Viewport } from './page-driver.ts';

type PageFunction<A extends unknown[], R> = string | ((...args: A) => R);

/** How long a test waits for a page. Only a broken page takes this long. */
const timeout = 30_000;
/** The times between two checks, in ms. A check costs time in both processes, so a slow page is checked less often. */
const shortestWait = 10;
const longestWait = 100;

/** One page of an engine. The calls do the same in all engines. */
export class Page {
  readonly #driver: PageDriver;

  constructor(driver: PageDriver) {
    this.#driver = driver;
  }

  goto(url: string): Promise<void> {
    return this.#driver.goto(url);
  }

  /**
   * Calls a function in the page and resolves with what it returns or resolves with. Arguments and result are sent
   * as JSON, and the function has no access to the test's variables. It may also be a string.
   */
  async evaluate<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<Awaited<R>> {
    const values = args.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
    const outcome = JSON.parse(
      await this.#driver.run(
        `Promise.resolve().then(() => (${fn})(${values})).then(
          (value) => JSON.stringify({ value }),
          (error) => JSON.stringify({ error: error instanceof Error ? error.stack + '' : String(error), name: String(error) }),
        )`,
      ),
    ) as { value: Awaited<R> } | { error: string; name: string };
    if ('error' in outcome) throw new Error(`${outcome.name} (in the page)\n${outcome.error}`);
    return outcome.value;
  }

  /** Waits until a function in the page returns a truthy value, and resolves with it. An error counts as `false`. */
  async waitFor<A extends unknown[], R>(fn: PageFunction<A, R>, ...args: A): Promise<Awaited<R>> {
    const deadline = Date.now() + timeout;
    for (let wait = shortestWait; ; wait = Math.min(2 * wait, longestWait)) {
      const seen = await this.evaluate(fn, ...args).then(
        (value) => ({ value }),
        (cause: unknown) => ({ cause }),
      );
      if ('value' in seen && seen.value) return seen.value;
      if (Date.now() > deadline) {
        throw new Error(
          `The page did not satisfy ${fn} with ${JSON.stringify(args)}`,
          'cause' in seen ? { cause: seen.cause } : undefined,
        );
      }
      await sleep(wait);
    }
  }

  /** Clicks an element once it exists, is visible and enabled, and does not move. */
  async click(selector: string): Promise<void> {
    await this.waitFor(async (css) => {
      const placeOf = (): string | undefined => {
        const element = document.querySelector(css);
        const isThere = element?.getClientRects().length && !element.matches(':disabled');
        return isThere ? JSON.stringify(element.getBoundingClientRect()) : undefined;
      };
      const place = placeOf();
      if (place) await new Promise((resolve) => setTimeout(resolve, 20));
      return place && place === placeOf();
    }, selector);
    await this.#driver.click(selector);
  }

  /** Clicks into a field and types, in addition to its content. */
  async type(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.#driver.press([...text].map((key) => ({ key, held: [] })));
  }

  /** Presses keys one after the other: `press('Tab', 'Shift+Tab', 'Enter', 'a')`. */
  press(...keys: readonly string[]): Promise<void> {
    return this.#driver.press(keys.map(readKeyStroke));
  }

  resize(viewport: Viewport): Promise<void> {
    return this.#driver.resize(viewport);
  }

  /** Writes what the viewport shows to a PNG file. */
  async screenshot(path: string): Promise<void> {
    await writeFile(path, await this.#driver.screenshot());
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

function readKeyStroke(written: string): KeyStroke {
  // A lone '+' is a key, not a separator.
  const keys = written.length > 1 ? written.split('+') : [written];
  return { key: keys.at(-1) ?? written, held: keys.slice(0, -1) };
}
