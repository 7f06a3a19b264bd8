import { type Mock, vi } from 'vitest';
import { type Arrival, type Bank, ok, status } from './bank.ts';

/** What a page's function is told when it is asked for a token. */
export interface Context {
  readonly rejected: string | undefined;
  readonly signal: AbortSignal;
}

export function tokenOf({ headers }: Arrival): string | null {
  return headers.get('authToken');
}

/** Lets in one token alone. */
export function accept(bank: Bank, token: string): void {
  bank.answer((arrival) => (tokenOf(arrival) === token ? ok() : status(401)()));
}

/** A page's function that gives 'stale' until a token was rejected, and then what the test says. */
export function refreshing(
  refresh: (context: Context) => unknown = () => 'fresh',
): Mock<(context: Context) => string> {
  return vi.fn((context: Context) => (context.rejected === undefined ? 'stale' : refresh(context)) as string);
}

/** A page's function that is called, and answers when the test says so. */
export function slow(): {
  readonly calls: readonly (Context & { answer(token: string): void })[];
  readonly authToken: (context: Context) => Promise<string>;
} {
  const calls: (Context & { answer(token: string): void })[] = [];
  const authToken = (context: Context): Promise<string> =>
    new Promise((answer) => calls.push({ ...context, answer }));
  return { calls, authToken };
}
