import type { PlaygroundWindow } from '../../../../site/playground/bank/playground-window.ts';
import type { Engine } from '../../../engines/engine.ts';
import type { Page } from '../../../engines/page.ts';

/** The bank's page in its frame. */
export type BankWindow = Window & typeof globalThis & PlaygroundWindow;

const PARTS = ['insights', 'subscriptions', 'banks', 'linked'];

/** The playground in a window, as a visitor has it. */
export class PlaygroundPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens it, and waits until it shows answered requests. */
  static async open(engine: Engine, address: string): Promise<PlaygroundPage> {
    const playground = new PlaygroundPage(await engine.open(address));
    await playground.answered();
    return playground;
  }

  /** Calls a function with the window of the bank's page. */
  inBank<R, A extends unknown[]>(fn: (bank: BankWindow, ...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return this.page.evaluate<A, R>(inFrame(fn), ...args);
  }

  waitInBank<R, A extends unknown[]>(
    fn: (bank: BankWindow, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>> {
    return this.page.waitFor<A, R>(inFrame(fn), ...args);
  }

  /** Waits until the bank's page has started, and the inspector beside it shows what was answered. */
  async answered(): Promise<void> {
    await this.started();
    await this.waitInBank(
      ({ document }, names) =>
        names.every((name) => document.querySelector(`[data-part="${name}"][data-state="ready"]`)),
      PARTS,
    );
    await this.page.waitFor(() =>
      document.querySelector('bankside-inspector')?.shadowRoot?.querySelector('.row .state'),
    );
  }

  /** Waits until the bank's page has started. */
  async started(): Promise<void> {
    await this.waitInBank((bank) => {
      const isOld = bank.document.documentElement.dataset['isOld'];
      return !isOld && bank.playground?.bridge;
    });
  }

  /** Does something after which the bank's page starts again, and waits until it has. */
  async restart(act: () => Promise<unknown>): Promise<void> {
    await this.inBank(({ document }) => {
      document.documentElement.dataset['isOld'] = 'true';
    });
    await act();
    await this.started();
  }

  /** Chooses as a visitor does, and waits for the bank's page. */
  set(id: string, value: string): Promise<void> {
    return this.restart(() => this.choose(id, value));
  }

  async choose(id: string, value: string): Promise<void> {
    await this.page.evaluate(
      (name, chosen) => {
        const control = document.getElementById(name) as HTMLInputElement;
        control.value = chosen;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      },
      id,
      value,
    );
  }

  valueOf(id: string): Promise<string> {
    return this.page.evaluate((name) => (document.getElementById(name) as HTMLInputElement).value, id);
  }

  search(): Promise<string> {
    return this.page.evaluate(() => location.search);
  }

  /** The words of an element that is shown. */
  words(id: string): Promise<string> {
    return this.page.evaluate((name) => {
      const place = document.getElementById(name);
      return place?.getClientRects().length ? (place.textContent ?? '').trim() : '';
    }, id);
  }

  /** Waits until an element that is shown has these words. */
  async says(id: string, words: string): Promise<void> {
    await this.page.waitFor(
      (name, part) => {
        const place = document.getElementById(name);
        return place?.getClientRects().length && place.textContent?.includes(part);
      },
      id,
      words,
    );
  }

  /** Waits until the notice of this topic in the bank's page has these words. */
  async notice(topic: string, words: string): Promise<void> {
    await this.waitInBank(
      ({ document }, name, part) =>
        document.querySelector(`[data-notice="${name}"]`)?.textContent?.includes(part),
      topic,
      words,
    );
  }

  /** Presses the button of the inspector that is shown with this text. */
  async pressInInspector(words: string): Promise<void> {
    await this.page.waitFor((text) => {
      const root = document.querySelector('bankside-inspector')?.shadowRoot;
      const buttons = [...(root?.querySelectorAll('button') ?? [])];
      const button = buttons.find(({ textContent, hidden }) => textContent === text && !hidden);
      button?.click();
      return button;
    }, words);
  }

  /** Opens a recording, as from the file dialog. */
  async openRecording(text: string): Promise<void> {
    await this.page.evaluate((content) => {
      const files = new DataTransfer();
      files.items.add(new File([content], 'ticket.json', { type: 'application/json' }));
      const input = document.getElementById('recording-file') as HTMLInputElement;
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

function inFrame(fn: unknown): string {
  return `(...args) => (${fn})(document.getElementById('frame').contentWindow, ...args)`;
}
