import { onAbort, orAbort } from './abort.ts';
import { attempt, invalidOption, isFunction, isObject, isThenable } from './check.ts';
import { isBanksideError, redactedCause } from './errors.ts';

/**
 * A token, or a function that returns one. It is called for each request. Requests that need a token at the same time share one
 * call.
 *
 * Visible ASCII characters only. JSON or HTML with a token in it, or a line break at its end, is `INVALID_OPTIONS`.
 *
 * `rejected` is the token that a server has just rejected; else `undefined`. `signal` aborts when no request waits for the token
 * any more.
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

/** One call of the page's function, and how many requests wait for it. */
interface TokenCall {
  readonly token: Promise<string>;
  /** Deleted once no request waits: the page may keep its promise in memory. */
  rejected: string | undefined;
  readonly abort: AbortController;
  waiting: number;
}

/**
 * Gets tokens for many requests at once.
 *
 * 1. Requests that need a token while a call is in flight share that call.
 * 2. A request that ends leaves the others waiting. With the last one, the call is aborted and forgotten. After a timeout, new
 *    requests make a new call, and the late token is used only by those that still wait for it.
 * 3. A rejected token is replaced by one that is known to be fresh, else by one further call that says which was rejected.
 * 4. A token is known to be fresh if it came from the newest call, and that call named a rejected token. When a newer call
 *    begins, a known token is no longer used, as it may belong to another user; it counts again if the new call returns the same.
 * 5. A known token is forgotten when no request is in flight any more.
 */
export class CredentialSource {
  readonly #option: string;
  /** `undefined`: a fixed token that was forgotten. */
  #credential: Credential | undefined;
  /** The call that new requests share. */
  #call: TokenCall | undefined;
  /** The last token that replaced a rejected one. */
  #refreshed: string | undefined;
  /** Whether that token came from the newest call, so that it is newer than a token that is rejected late. */
  #isFresh = false;
  #requestsInFlight = 0;

  /** @param option The option's name, for errors. */
  constructor(option: string, credential: Credential) {
    if (typeof credential !== 'function')
      readToken(option, credential, ', the function that gets one, or false');
    this.#option = option;
    this.#credential = credential;
  }

  /** Counts a request as in flight until the returned function is called. */
  startRequest(): () => void {
    let isInFlight = true;
    this.#requestsInFlight += 1;
    return () => {
      if (isInFlight) this.#requestsInFlight -= 1;
      isInFlight = false;
      if (this.#requestsInFlight === 0) this.#forgetKnown();
    };
  }

  /**
   * A token for one request. Rejects with the signal's reason, with a redacted copy of what the page's function threw, or with
   * `INVALID_OPTIONS` for an invalid token.
   */
  async get(signal: AbortSignal): Promise<string> {
    const credential = this.#credential;
    if (typeof credential === 'function') {
      return this.#waitFor(this.#call ?? this.#startCall(credential, undefined, signal), signal);
    }
    if (credential !== undefined) return credential;
    const expected = 'a function that gets a token, or a new poller or transport for each session';
    throw invalidOption(this.#option, expected, 'a fixed token, which was forgotten at logging out');
  }

  /**
   * A token that replaces the rejected one; the same one, if the page's function returns it again. `undefined` if there is no
   * function.
   */
  async replace(rejected: string, signal: AbortSignal): Promise<string | undefined> {
    const credential = this.#credential;
    if (typeof credential !== 'function') return undefined;
    for (let call = this.#call; call; call = this.#call) {
      const replaced = call.rejected;
      const isRefresh = replaced !== undefined;
      const token = await this.#waitFor(call, signal).catch((error: unknown) => {
        if (isRefresh || signal.aborted) throw error;
        return undefined;
      });
      // A call without `rejected` began before the rejection, and may have returned the rejected token again.
      if (isRefresh && (token !== rejected || replaced === rejected)) return token;
    }
    if (this.#isFresh && this.#refreshed !== rejected) return this.#refreshed;
    return this.#waitFor(this.#startCall(credential, rejected, signal), signal);
  }

  /** Forgets everything of the user: the known token, a call in flight, a fixed token. */
  forget(): void {
    const call = this.#call;
    if (call) this.#abortCall(call, undefined);
    this.#forgetKnown();
    if (typeof this.#credential === 'string') this.#credential = undefined;
  }

  #startCall(credential: TokenFunction, rejected: string | undefined, signal: AbortSignal): TokenCall {
    signal.throwIfAborted(); // nobody waits, and the user may have logged out
    const abort = new AbortController();
    const token = orAbort(callPage(credential, rejected, abort.signal), abort.signal)
      .then((value) => this.#receive(call, value))
      .finally(() => this.#closeCall(call));
    const call: TokenCall = { token, rejected, abort, waiting: 0 };
    token.catch(() => {}); // perhaps no request waits any more
    this.#call = call;
    this.#isFresh = false;
    return call;
  }

  #receive(call: TokenCall, value: unknown): string {
    const token = readToken(this.#option, value);
    // The token of an older call is only used by the requests that still wait for it.
    if (this.#call === call) {
      this.#isFresh = call.rejected !== undefined || token === this.#refreshed;
      if (this.#isFresh) this.#refreshed = token;
    }
    return token;
  }

  /** No new request shares this call. */
  #closeCall(call: TokenCall): void {
    if (this.#call !== call) return;
    this.#call = undefined;
    if (!this.#isFresh) this.#forgetKnown();
  }

  #abortCall(call: TokenCall, reason: unknown): void {
    this.#closeCall(call);
    call.rejected = undefined;
    call.abort.abort(reason);
  }

  #forgetKnown(): void {
    this.#isFresh = false;
    this.#refreshed = undefined;
  }

  #waitFor(call: TokenCall, signal: AbortSignal): Promise<string> {
    call.waiting += 1;
    return new Promise<string>((resolve, reject) => {
      const removeListener = onAbort(signal, () => {
        reject(signal.reason);
        call.waiting -= 1;
        if (call.waiting === 0) this.#abortCall(call, signal.reason);
        // The call is slow: a new request would also wait too long for it.
        else if (isBanksideError(signal.reason, 'TIMEOUT')) this.#closeCall(call);
      });
      call.token.then(resolve, reject).then(removeListener);
    });
  }
}

type TokenFunction = Exclude<Credential, string>;

/**
 * Calls the page's function. Not in a closure with the `TokenCall`: the page may keep its promise, which would then keep the
 * rejected token in memory.
 */
function callPage(get: TokenFunction, rejected: string | undefined, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => resolve(get({ rejected, signal }))).catch(throwRedacted);
}

function throwRedacted(thrown: unknown): never {
  throw redactedCause(thrown);
}

/** Checks that a token fits into a header. An error says what came instead, and shows nothing of it: even a number may be a token. */
function readToken(option: string, token: unknown, alternatives = ''): string {
  const received = typeof token === 'string' ? problemOf(token) : kindOf(token);
  if (received === undefined) return token as string;
  throw invalidOption(option, `a token of visible ASCII characters${alternatives}`, received);
}

function kindOf(token: unknown): string {
  if (isThenable(token)) return 'a promise (pass the function that returns it)';
  if (!isObject(token)) return token && token !== true ? typeof token : `${token}`;
  const isResponse = attempt(() => isFunction(token['text']));
  return isResponse ? 'a Response (return await response.text())' : 'an object (return the token in it)';
}

/** What is wrong with a string: endpoints often answer with more than the token. `undefined`: nothing. */
function problemOf(token: string): string | undefined {
  const trimmed = token.trim();
  if (trimmed.startsWith('<') && trimmed.endsWith('>')) return 'HTML (is it a sign-in page?)';
  const isJson = ['{', '[', '"'].includes(trimmed.charAt(0)) && attempt(() => [JSON.parse(trimmed)]);
  if (isJson) return 'JSON (return the token in it)';
  if (trimmed !== token) return 'a string with a space or a line break at one end (trim it)';
  if (isVisible(token)) return undefined;
  return token ? 'a string with other characters' : 'an empty string';
}

/** Spaces are allowed here. Not by a regular expression: any script of the page could then read the token from `RegExp.input`. */
function isVisible(token: string): boolean {
  for (let at = 0; at < token.length; at += 1) {
    const code = token.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return token !== '';
}
