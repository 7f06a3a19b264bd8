import { onAbort, orAbort } from './abort.ts';
import { invalidOption } from './check.ts';
import { isBanksideError, redactedCause } from './errors.ts';

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
  /** Forgotten once nobody waits any more: the page may hold on to its promise. */
  rejected: string | undefined;
  readonly abort: AbortController;
  /** How many. */
  waiting: number;
}

/**
 * Asks for a credential on behalf of many requests at once.
 *
 * 1. Those who ask while an answer is under way share it.
 * 2. One who gives up leaves the others waiting; when the last has left, the ask is aborted and forgotten.
 *    After a timeout, those who come later ask again, and the answer is of use to those alone who still wait for it.
 * 3. A rejected token is replaced by one that is already fresh, else by one further ask that says which token
 *    was rejected.
 * 4. A token is known to be fresh if it is the answer to the ask that was begun last, and that ask named a rejected one.
 *    Whatever was known before counts no more once a newer ask begins: it may be another user's. It counts again if the
 *    answer is that same token.
 * 5. What is known is forgotten with the end of the last request that is under way.
 */
export class CredentialSource {
  readonly #option: string;
  /** `undefined`: a fixed token that was forgotten. */
  #credential: Credential | undefined;
  #ask: Ask | undefined;
  /** The last token that came in answer to a rejection. */
  #refreshed: string | undefined;
  /** Whether that was the answer to the newest ask, and so is known to be newer than those that are rejected late. */
  #isFresh = false;
  /** How many requests are under way. */
  #requests = 0;

  /** @param option The option's name, for errors. */
  constructor(option: string, credential: Credential) {
    if (typeof credential !== 'function')
      readToken(option, credential, ', the function that gets one, or false');
    this.#option = option;
    this.#credential = credential;
  }

  /** One more request is under way, until the returned function is called. */
  enter(): () => void {
    let isUnderWay = true;
    this.#requests += 1;
    return () => {
      if (isUnderWay) this.#requests -= 1;
      isUnderWay = false;
      if (!this.#requests) this.#forgetKnown();
    };
  }

  /**
   * A token for one request. Rejects with the signal's reason, with the kind of what the page's function threw, or with
   * `INVALID_OPTIONS` for what is no token.
   */
  async get(signal: AbortSignal): Promise<string> {
    const credential = this.#credential;
    if (typeof credential === 'function')
      return this.#join(this.#ask ?? this.#begin(undefined, signal), signal);
    if (credential !== undefined) return credential;
    const expected = 'a function that gets a token, or a new poller or transport for each session';
    throw invalidOption(this.#option, expected, 'a fixed token, which was forgotten at logging out');
  }

  /**
   * A token instead of the rejected one; the same again if the page's function insists. `undefined` if there
   * is no function to ask.
   */
  async replace(rejected: string, signal: AbortSignal): Promise<string | undefined> {
    if (typeof this.#credential !== 'function') return undefined;
    for (let ask = this.#ask; ask; ask = this.#ask) {
      const reason = ask.rejected;
      const isRefresh = reason !== undefined;
      const token = await this.#join(ask, signal).catch((error: unknown) => {
        if (isRefresh || signal.aborted) throw error;
        return undefined;
      });
      // An ordinary ask began before the rejection was known, and may well have given the rejected token
      // again.
      if (isRefresh && (token !== rejected || reason === rejected)) return token;
    }
    if (this.#isFresh && this.#refreshed !== rejected) return this.#refreshed;
    return this.#join(this.#begin(rejected, signal), signal);
  }

  /** Nothing of the user is left: neither the known token, nor a running ask, nor a fixed token. */
  forget(): void {
    const ask = this.#ask;
    if (ask) this.#giveUp(ask, undefined);
    this.#forgetKnown();
    if (typeof this.#credential === 'string') this.#credential = undefined;
  }

  #begin(rejected: string | undefined, signal: AbortSignal): Ask {
    signal.throwIfAborted(); // nobody waits, and the user may have left
    const abort = new AbortController();
    const answer = askPage(this.#credential as PageFunction, rejected, abort.signal);
    const token = orAbort(answer, abort.signal)
      .then((given) => this.#read(ask, given))
      .finally(() => this.#end(ask));
    const ask: Ask = { token, rejected, abort, waiting: 0 };
    token.catch(() => {}); // everybody may have left
    this.#ask = ask;
    this.#isFresh = false;
    return ask;
  }

  #read(ask: Ask, given: unknown): string {
    const token = readToken(this.#option, given);
    // One that took too long is of use to those who still wait for it alone.
    if (this.#ask === ask) {
      this.#isFresh = ask.rejected !== undefined || token === this.#refreshed;
      if (this.#isFresh) this.#refreshed = token;
    }
    return token;
  }

  /** Nobody joins it any more. */
  #end(ask: Ask): void {
    if (this.#ask !== ask) return;
    this.#ask = undefined;
    if (!this.#isFresh) this.#forgetKnown();
  }

  #giveUp(ask: Ask, reason: unknown): void {
    this.#end(ask);
    ask.rejected = undefined;
    ask.abort.abort(reason);
  }

  #forgetKnown(): void {
    this.#isFresh = false;
    this.#refreshed = undefined;
  }

  #join(ask: Ask, signal: AbortSignal): Promise<string> {
    ask.waiting += 1;
    return new Promise<string>((resolve, reject) => {
      const leave = onAbort(signal, () => {
        reject(signal.reason);
        ask.waiting -= 1;
        // Whoever comes now would wait in vain as well.
        if (!ask.waiting) this.#giveUp(ask, signal.reason);
        else if (isBanksideError(signal.reason, 'TIMEOUT')) this.#end(ask);
      });
      ask.token.then(resolve, reject).then(leave);
    });
  }
}

type PageFunction = Exclude<Credential, string>;

/** Not in a closure with the ask: as long as the page holds on to its promise, that would hold the rejected token. */
function askPage(ask: PageFunction, rejected: string | undefined, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => resolve(ask({ rejected, signal }))).catch(tellKind);
}

function tellKind(thrown: unknown): never {
  throw redactedCause(thrown);
}

/** A token must fit into a header as it is. Of what is none no more is said than its type: a number may well be one. */
function readToken(option: string, token: unknown, alternatives = ''): string {
  if (typeof token === 'string' && isVisible(token)) return token;
  const received = token && token !== true ? typeof token : [token];
  throw invalidOption(option, `a token of visible ASCII characters${alternatives}`, received);
}

/** Spaces within are allowed. No regular expression: any script of the page could read from it what it matched last. */
function isVisible(token: string): boolean {
  for (let at = 0; at < token.length; at += 1) {
    const code = token.charCodeAt(at);
    const isSpaceWithin = code === 0x20 && at > 0 && at < token.length - 1;
    if (!isSpaceWithin && (code < 0x21 || code > 0x7e)) return false;
  }
  return token !== '';
}
