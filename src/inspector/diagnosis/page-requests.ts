import type { Probe } from '../../doctor/exchange.ts';
import { SPOILED_TOKEN } from '../../doctor/spoiled-token.ts';
import type { DiagnosedServer, DiagnoseSettings } from './diagnose-options.ts';
import { PageToken } from './page-token.ts';
import { type Outcome, sendRequest } from './send-request.ts';

/** A request as the page sends it, and the smaller ones that find out why it fails. */
export class PageRequests {
  readonly signal: AbortSignal;
  readonly #settings: DiagnoseSettings;
  readonly #tokens = new Map<'authToken' | 'accessToken', PageToken>();

  constructor(settings: DiagnoseSettings) {
    const { signal, tokens } = settings;
    this.signal = signal;
    this.#settings = settings;
    for (const option of ['authToken', 'accessToken'] as const) {
      const source = tokens[option];
      if (source) this.#tokens.set(option, new PageToken(option, source));
    }
  }

  /** Before all else, so that a function that throws ends the diagnosis at once. */
  async getTokens(): Promise<void> {
    for (const token of this.#tokens.values()) await token.get(this.signal);
  }

  forgetTokens(): void {
    for (const token of this.#tokens.values()) token.forget();
  }

  /** Whether cookies go across origins. */
  get sendsCookies(): boolean {
    return this.#settings.credentials === 'include';
  }

  /** Whether there is a token for the server of a probe. */
  hasToken(probe: Probe): boolean {
    return this.#tokenFor(probe) !== undefined;
  }

  /** Sends a probe. If a valid token is answered with 401, it is sent once more with a fresh one, as the transports do. */
  async send(probe: Probe): Promise<Outcome> {
    const token = probe.token === 'valid' ? this.#tokenFor(probe) : undefined;
    const outcome = await this.#sendWith(probe, token?.current ?? SPOILED_TOKEN);
    if (!token || outcome.result !== 'answered' || outcome.response.status !== 401) return outcome;
    return (await token.replace(this.signal)) ? this.#sendWith(probe, token.current) : outcome;
  }

  /** The names of the headers that make a preflight necessary, in lower case. */
  async headerNames(probe: Probe): Promise<readonly string[]> {
    return [...(await this.#headersOf(probe, SPOILED_TOKEN)).keys()];
  }

  /** Without a preflight, token or body. */
  sendSimple({ url, method }: Probe, credentials = this.#settings.credentials): Promise<Outcome> {
    return this.#fetch(url, { method, credentials });
  }

  /** With a preflight for these headers, and without body. Their values are made up. */
  sendWithHeaders(
    { url, method }: Probe,
    names: readonly string[],
    credentials = this.#settings.credentials,
  ): Promise<Outcome> {
    const madeUp = (name: string): string => (name === 'content-type' ? 'application/json' : SPOILED_TOKEN);
    const headers = Object.fromEntries(names.map((name) => [name, madeUp(name)]));
    return this.#fetch(url, { method, credentials, headers });
  }

  /** Whether the server answers at all. CORS does not apply to such a request, and its answer cannot be read. */
  async isThere(url: URL): Promise<boolean> {
    const { result } = await this.#fetch(url, { mode: 'no-cors', credentials: 'omit', redirect: 'follow' });
    return result === 'answered';
  }

  async #sendWith(probe: Probe, token: string): Promise<Outcome> {
    const { url, method, body } = probe;
    const headers = await this.#headersOf(probe, token);
    const { credentials } = this.#settings;
    return this.#fetch(url, { method, headers, credentials, ...(body !== undefined && { body }) });
  }

  async #headersOf(probe: Probe, token: string): Promise<Headers> {
    const headers = new Headers(probe.body === undefined ? {} : { 'content-type': 'application/json' });
    for (const [name, value] of await this.#settings.headersFor(probe.subject as DiagnosedServer))
      headers.set(name, value);
    if (probe.token === 'none') return headers;
    if (probe.subject === 'linxo') headers.set('authorization', `Bearer ${token}`);
    else headers.set('authToken', token);
    return headers;
  }

  #tokenFor({ subject }: Probe): PageToken | undefined {
    return this.#tokens.get(subject === 'linxo' ? 'accessToken' : 'authToken');
  }

  /** As the transports send: redirects are not followed, and no cache answers. */
  #fetch(url: URL, init: RequestInit): Promise<Outcome> {
    const { timeout } = this.#settings;
    const options: RequestInit = { redirect: 'manual', cache: 'no-store', ...init };
    return sendRequest(url, options, { timeout, signal: this.signal });
  }
}
