import { invalidOption } from '../../check.ts';
import type { CredentialSource } from '../../credential.ts';
import { isBanksideError } from '../../errors.ts';

/** The token of one option. The page is asked for it once, and once more if a server refuses it. */
export class PageToken {
  readonly #option: string;
  readonly #source: CredentialSource;
  readonly #endRequest: () => void;
  #token = '';

  constructor(option: string, source: CredentialSource) {
    this.#option = option;
    this.#source = source;
    this.#endRequest = source.startRequest();
  }

  get current(): string {
    return this.#token;
  }

  async get(signal: AbortSignal): Promise<void> {
    this.#token = await this.#orInvalid(this.#source.get(signal), signal);
  }

  /** Whether there is another one now. */
  async replace(signal: AbortSignal): Promise<boolean> {
    const refused = this.#token;
    this.#token = (await this.#orInvalid(this.#source.replace(refused, signal), signal)) ?? refused;
    return this.#token !== refused;
  }

  forget(): void {
    this.#token = '';
    this.#endRequest();
    this.#source.forget();
  }

  async #orInvalid<T>(token: Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await token;
    } catch (error) {
      signal.throwIfAborted();
      if (isBanksideError(error)) throw error;
      // What the page's function threw is already redacted.
      throw invalidOption(this.#option, 'a function that does not throw', 'one that threw', error);
    }
  }
}
