import { invalid, isBanksideError } from './errors.ts';
import { onAbort } from './on-abort.ts';

/**
 * A token, or the function that gets one. The function is called with the token that a server just `rejected`
 * (`undefined` on an ordinary ask), and with a `signal` that aborts when nobody waits for the answer any
 * more. It is called per request; requests that ask at the same time share one call.
 *
 * @example
 * ```ts
 * import type { Credential } from 'bankside';
 *
 * const authToken: Credential = async ({ rejected, signal }) => {
 *   const path = rejected ? '/session/token?fresh' : '/session/token';
 *   const response = await fetch(path, { method: 'POST', signal });
 *   if (!response.ok) throw new Error(`The session endpoint answered ${response.status}`);
 *   return response.text();
 * };
 * ```
 */
export type Credential =
  | string
  | ((context: { rejected: string | undefined; signal: AbortSignal }) => string | Promise<string>);

/** One call of the page's function, and those who wait for it. */
interface Ask {
  readonly token: Promise<string>;
  readonly rejected: string | undefined;
  readonly abort: AbortController;
  /** How many. */
  waiting: number;
}

/**
 * Asks for a credential on behalf of many requests at once.
 *
 * 1. Those who ask while an answer is under way share it.
 * 2. One who gives up leaves the others waiting; when the last has left, the ask is aborted and forgotten.
 *    After a timeout, newcomers ask anew.
 * 3. A rejected token is replaced by one that is already fresh, else by one further ask that says which token
 *    was rejected.
 */
export class CredentialSource {
  readonly #option: string;
  readonly #credential: Credential;
  #ask: Ask | undefined;
  #latest: string | undefined;
  /**
   * Whether the latest token came in answer to a rejection, and so is known to be newer than those that are
   * rejected late.
   */
  #isFresh = false;

  /** @param option The option's name, for errors. */
  constructor(option: string, credential: Credential) {
    if (typeof credential !== 'function')
      readToken(option, credential, ', the function that gets one, or false');
    this.#option = option;
    this.#credential = credential;
  }

  /**
   * A token for one request. Rejects with the signal's reason, with what the page's function threw, or with
   * `INVALID_OPTIONS` for what is no token.
   */
  get(signal: AbortSignal): Promise<string> {
    if (typeof this.#credential === 'string') return Promise.resolve(this.#credential);
    return this.#join(this.#ask ?? this.#begin(undefined), signal);
  }

  /**
   * A token instead of the rejected one; the same again if the page's function insists. `undefined` if there
   * is no function to ask.
   */
  async replace(rejected: string, signal: AbortSignal): Promise<string | undefined> {
    if (typeof this.#credential === 'string') return undefined;
    for (let ask = this.#ask; ask; ask = this.#ask) {
      const isRefresh = ask.rejected !== undefined;
      const token = await this.#join(ask, signal).catch((error: unknown) => {
        if (isRefresh || signal.aborted) throw error;
        return undefined;
      });
      // An ordinary ask began before the rejection was known, and may well have given the rejected token
      // again.
      if (isRefresh && (token !== rejected || ask.rejected === rejected)) return token;
    }
    if (this.#isFresh && this.#latest !== rejected) return this.#latest;
    return this.#join(this.#begin(rejected), signal);
  }

  #begin(rejected: string | undefined): Ask {
    const credential = this.#credential as Exclude<Credential, string>;
    const abort = new AbortController();
    const answer = async (): Promise<string> => credential({ rejected, signal: abort.signal });
    const token = answer()
      .then((given) => this.#read(ask, given))
      .finally(() => this.#forget(ask));
    const ask: Ask = { token, rejected, abort, waiting: 0 };
    token.catch(() => {}); // everybody may have left
    this.#ask = ask;
    return ask;
  }

  #read(ask: Ask, given: unknown): string {
    const token = readToken(this.#option, given);
    // One that took too long is of use to those who still wait for it alone.
    if (this.#ask === ask) {
      this.#isFresh = ask.rejected !== undefined || (this.#isFresh && token === this.#latest);
      this.#latest = token;
    }
    return token;
  }

  #forget(ask: Ask): void {
    if (this.#ask === ask) this.#ask = undefined;
  }

  #join(ask: Ask, signal: AbortSignal): Promise<string> {
    ask.waiting += 1;
    return new Promise<string>((resolve, reject) => {
      const leave = onAbort(signal, () => {
        reject(signal.reason);
        ask.waiting -= 1;
        // Whoever comes now would wait in vain as well.
        if (!ask.waiting || isBanksideError(signal.reason, 'TIMEOUT')) this.#forget(ask);
        if (!ask.waiting) ask.abort.abort(signal.reason);
      });
      ask.token.then(resolve, reject).then(leave);
    });
  }
}

/** A token must fit into a header as it is. Of what is none no more is said than its type: a number may well be one. */
function readToken(option: string, token: unknown, alternatives = ''): string {
  if (typeof token === 'string' && /^[!-~]([ -~]*[!-~])?$/.test(token)) return token;
  const received = token && token !== true ? typeof token : [token];
  throw invalid('INVALID_OPTIONS', option, `a token of visible ASCII characters${alternatives}`, received);
}
