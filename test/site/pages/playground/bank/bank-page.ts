import type { PlaygroundWindow } from '../../../../../site/playground/bank/playground-window.ts';
import type { Engine } from '../../../../engines/engine.ts';
import type { Page } from '../../../../engines/page.ts';
import type { BankSite } from './bank-site.ts';

/** How a request ended. */
export interface Ask {
  readonly end: string;
  readonly status?: number | undefined;
}

/** The bank's page of the playground, alone in a window. */
export class BankPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    engine: Engine,
    site: BankSite,
    settings: object,
    file: string | undefined = undefined,
  ): Promise<BankPage> {
    const bank = new BankPage(await engine.open(site.bank(settings, file)));
    await bank.ready();
    return bank;
  }

  /** Resolves once the page has started, and each part of the widget shows what the servers answered. */
  async ready(): Promise<void> {
    await this.page.waitFor(() => (globalThis as unknown as PlaygroundWindow).playground?.bridge);
    await this.page.waitFor(() =>
      ['insights', 'subscriptions', 'banks', 'linked'].every((name) =>
        document.querySelector(`[data-part="${name}"][data-state="ready"]`),
      ),
    );
  }

  /** Sends a request as the page's own, and resolves with its end: `reply`, or the code of the error. */
  ask(type: string): Promise<Ask> {
    return this.page.evaluate(async (name): Promise<Ask> => {
      try {
        await (globalThis as unknown as PlaygroundWindow).playground?.bridge?.send('pserver', { type: name });
        return { end: 'reply' };
      } catch (error) {
        const { code, details } = error as { code: string; details: { status?: number } };
        return { end: code, status: details.status };
      }
    }, type);
  }

  /** What the widget complains of, such as a second reply. */
  complaints(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.complaint')].map(({ textContent }) => textContent ?? ''),
    );
  }

  /** Resolves once the notice of this topic has these words. */
  async notice(topic: string, words: string): Promise<void> {
    await this.page.waitFor(
      (name, part) => document.querySelector(`[data-notice="${name}"]`)?.textContent?.includes(part),
      topic,
      words,
    );
  }

  /** Resolves once the only connection is in this phase. */
  async phase(phase: string): Promise<void> {
    await this.page.waitFor((name) => document.querySelector(`.sync[data-phase="${name}"]`), phase);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
