import { type Credential, CredentialSource } from '../../src/credential.ts';

export type Context = Parameters<Exclude<Credential, string>>[0];

/** One call of a page's function, which the test ends when it likes. */
export interface Call extends Context {
  answer(token: unknown): void;
  fail(error: unknown): void;
}

export interface PageFunction {
  readonly source: CredentialSource;
  readonly calls: readonly Call[];
  /** Throws if there were not so many. */
  call(index: number): Call;
}

/** A source that asks a page's function. */
export function pageFunction(): PageFunction {
  const calls: Call[] = [];
  const credential = (context: Context): Promise<string> =>
    new Promise((resolve, reject) => {
      calls.push({ ...context, answer: resolve as (token: unknown) => void, fail: reject });
    });
  return {
    source: new CredentialSource('authToken', credential),
    calls,
    call(index) {
      const call = calls[index];
      if (!call) throw new Error(`There were ${calls.length} calls`);
      return call;
    },
  };
}

/** The signal of one who does not leave. */
export function waiting(): AbortSignal {
  return new AbortController().signal;
}

/** All that follows from what has happened so far. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
