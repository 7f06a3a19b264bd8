import type { Linxo, LogEntry } from '../../../src/testing/index.ts';
import type { Example } from './example.ts';
import { searchBank } from './walks.ts';

interface Step {
  readonly name: string;
  readonly isLookedUp: boolean;
}

/** The page while it watches what comes of one bank that is linked. */
export class WatchedBank {
  readonly example: Example;
  /** Of the connection, once there is one. */
  id = '';

  private constructor(example: Example) {
    this.example = example;
  }

  static async on(example: Example): Promise<WatchedBank> {
    const bank = new WatchedBank(example);
    await bank.polls();
    return bank;
  }

  get linxo(): Linxo {
    const { sandbox } = this.example.server;
    if (!sandbox) throw new Error('There is no sandbox');
    return sandbox.linxo;
  }

  /** What has been asked of the queue's server. */
  get asked(): readonly LogEntry[] {
    return this.example.server.sandbox?.log.filter(({ server }) => server === 'linxo') ?? [];
  }

  /** Links the bank in the widget, and plays the scenario that the panel is set to. */
  async link(scenario: string): Promise<void> {
    const { page } = this.example;
    await this.choose(scenario);
    await searchBank(this.example, 'kaasmolen');
    await page.click('[data-institution]');
    await page.click('[data-done]');
    this.id =
      (await page.waitFor(() => document.querySelector<HTMLElement>('.sync')?.dataset['connection'])) ?? '';
  }

  /** Once more, with what the panel offers. */
  async again(scenario: string, speed?: string): Promise<void> {
    await this.choose(scenario, speed);
    await this.example.page.click('#next-sync [type="submit"]');
  }

  /** Set in one go and not by clicks: a `select` pops up a window of the engine's own. */
  async choose(scenario: string, speed = '30'): Promise<void> {
    await this.example.page.evaluate(
      (values) => {
        for (const [id, value] of Object.entries(values)) {
          const select = document.querySelector<HTMLSelectElement>(`#${id}`);
          if (select) select.value = value;
          select?.dispatchEvent(new Event('change', { bubbles: true }));
        }
      },
      { 'next-scenario': scenario, 'next-speed': speed },
    );
  }

  /** With a code that is asked for. Not at full speed: its time would be over after four seconds, on a busy machine too soon. */
  async againWithCode(): Promise<void> {
    await this.again('sms-challenge', '3');
    await this.prompt('CHALLENGE_REQUIRED');
  }

  /** Until the card says so. */
  async phase(phase: string): Promise<void> {
    await this.example.present(`.sync[data-phase="${phase}"]`);
  }

  async prompt(type: string): Promise<void> {
    await this.example.present(`[data-prompt="${type}"]`);
  }

  async polls(): Promise<void> {
    await this.example.present('#poller[data-status="polling"]');
  }

  /** Until the log beside the page has this, with this detail. */
  async notes(name: string, detail = ''): Promise<void> {
    await this.example.page.waitFor(
      (note, words) =>
        [...document.querySelectorAll(`#poller-log [data-note="${note}"]`)].some((row) =>
          row.textContent?.includes(words),
        ),
      name,
      detail,
    );
  }

  /** What the lane of this kind shows, oldest first. */
  steps(kind: string): Promise<readonly Step[]> {
    return this.example.page.evaluate(
      (of) =>
        [...document.querySelectorAll<HTMLElement>(`[data-kind="${of}"] .step`)].map(({ dataset }) => ({
          name: dataset['step'] ?? '',
          isLookedUp: dataset['lookedUp'] === 'true',
        })),
      kind,
    );
  }

  /** Presses a button of the demonstration, with an empty log to look at, and waits until the sandbox has taken it. */
  async misbehave(fault: string): Promise<void> {
    const { page } = this.example;
    await page.click('#poller-clear');
    await page.click(`[data-fault="${fault}"]`);
    await page.waitFor(() => document.querySelector('#queue-fault-expect')?.textContent);
  }
}
