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
    const { signal, tokens, subjects } = settings;
    this.signal = signal;
    this.#settings = settings;
    for (const option of ['authToken', 'accessToken'] as const) {
      const source = tokens[option];
      const isNeeded = subjects.some(({ name }) => tokenOption(name) === option);
      if (source && isNeeded) this.#tokens.set(option, new PageToken(option, source, settings));
    }
  }

  /** Before all else, so that a function that throws ends the diagnosis at once. */
  async getTokens(): Promise<void> {
    for (const token of this.#tokens.values()) await token.get();
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
    return (await token.replace()) ? this.#sendWith(probe, token.current) : outcome;
  }

  /** The names of the headers that make a preflight necessary, in lower case. */
  async headerNames(probe: Probe): Promise<readonly string[]> {
    return [...(await this.#headersOf(probe, SPOILED_TOKEN)).keys()];
  }

  /** Without a preflight and token. A body has the type of plain text. */
  sendSimple(
    { url, method }: Probe,
    {
      credentials = this.#settings.credentials,
      body,
    }: { readonly credentials?: RequestCredentials; readonly body?: string | undefined } = {},
  ): Promise<Outcome> {
    return this.#fetch(url, { method, credentials, ...(body !== undefined && { body }) });
  }

  /**
   * With a preflight for these headers, with the page's values and a made-up token. Without a body where that could make a queue:
   * some servers refuse an empty one before anything else.
   */
  async sendWithHeaders(
    probe: Probe,
    names: readonly string[],
    credentials = this.#settings.credentials,
  ): Promise<Outcome> {
    const own = await this.#headersOf(probe, SPOILED_TOKEN);
    const headers = Object.fromEntries(names.map((name) => [name, own.get(name) ?? SPOILED_TOKEN]));
    const { url, method, subject } = probe;
    const body = subject === 'linxo' ? undefined : probe.body;
    return this.#fetch(url, { method, credentials, headers, ...(body !== undefined && { body }) });
  }

  /**
   * Whether the server answers at all. CORS does not apply to such a request, and its answer cannot be read. Browsers allow it only
   * if it follows redirects, so that it says nothing of the page.
   */
  async isThere(url: URL): Promise<boolean> {
    const { result } = await this.#fetch(url, {
      mode: 'no-cors',
      credentials: 'omit',
      redirect: 'follow',
      referrerPolicy: 'no-referrer',
    });
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
    headers.set(tokenHeader(probe), probe.subject === 'linxo' ? `Bearer ${token}` : token);
    return headers;
  }

  #tokenFor({ subject }: Probe): PageToken | undefined {
    return this.#tokens.get(tokenOption(subject));
  }

  /** As the transports send: redirects are not followed, and no cache answers. */
  #fetch(url: URL, init: RequestInit): Promise<Outcome> {
    const { timeout } = this.#settings;
    const options: RequestInit = { redirect: 'manual', cache: 'no-store', ...init };
    return sendRequest(url, options, { timeout, signal: this.signal });
  }
}

/** The name of the header with the token. */
export function tokenHeader({ subject }: Probe): string {
  return subject === 'linxo' ? 'authorization' : 'authToken';
}

function tokenOption(subject: Probe['subject']): 'authToken' | 'accessToken' {
  return subject === 'linxo' ? 'accessToken' : 'authToken';
}
