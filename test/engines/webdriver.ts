/** Plain WebDriver requests to a driver on this machine, one session each. */
export class WebDriverSession {
  readonly #base: string;

  private constructor(base: string) {
    this.#base = base;
  }

  static async start(driver: string, capabilities: object): Promise<WebDriverSession> {
    const wanted = { capabilities: { alwaysMatch: capabilities } };
    const { sessionId } = await request<{ sessionId: string }>('POST', `${driver}/session`, wanted);
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  get<T>(command: string): Promise<T> {
    return request('GET', `${this.#base}/${command}`);
  }

  post<T>(command: string, body: object = {}): Promise<T> {
    return request('POST', `${this.#base}/${command}`, body);
  }

  delete<T>(command: string): Promise<T> {
    return request('DELETE', `${this.#base}/${command}`);
  }

  /** Ends the browser. */
  end(): Promise<null> {
    return request('DELETE', this.#base);
  }
}

async function request<T>(method: string, address: string, body?: object): Promise<T> {
  const response = await fetch(address, body ? { method, body: JSON.stringify(body) } : { method });
  const { value } = (await response.json()) as { value: T };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(
    `WebDriver, ${method} ${new URL(address).pathname}: ${error}${message ? `, ${message}` : ''}`,
  );
}
