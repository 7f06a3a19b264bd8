import { invalidOption } from '../../check.ts';
import type { CredentialSource } from '../../credential.ts';
import { isBanksideError } from '../../errors.ts';
import { type TimeLimit, withinTime } from './within-time.ts';

/** The token of one option. The page is asked for it once, and once more if a server refuses it. */
export class PageToken {
  readonly #option: string;
  readonly #source: CredentialSource;
  readonly #limit: TimeLimit;
  readonly #endRequest: () => void;
  #token = '';

  constructor(option: string, source: CredentialSource, limit: TimeLimit) {
    this.#option = option;
    this.#limit = limit;
    this.#source = source;
    this.#endRequest = source.startRequest();
  }

  get current(): string {
    return this.#token;
  }

  async get(): Promise<void> {
    this.#token = await this.#orInvalid((signal) => this.#source.get(signal));
  }

  /** Whether there is another one now. */
  async replace(): Promise<boolean> {
    const refused = this.#token;
    this.#token = (await this.#orInvalid((signal) => this.#source.replace(refused, signal))) ?? refused;
    return this.#token !== refused;
  }

  forget(): void {
    this.#token = '';
    this.#endRequest();
    this.#source.forget();
  }

  async #orInvalid<T>(getToken: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await withinTime(this.#option, getToken, this.#limit);
    } catch (error) {
      this.#limit.signal.throwIfAborted();
      if (isBanksideError(error)) throw error;
      // What the page's function threw is already redacted.
      throw invalidOption(this.#option, 'a function that does not throw', 'one that threw', error);
    }
  }
}
