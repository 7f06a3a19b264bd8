import type { Probe } from './exchange.ts';
import type { Subject } from './subject.ts';

/** A request of the examination. The plan and the walk are made of the same steps. */
export interface Step extends Pick<Probe, 'method' | 'token' | 'body' | 'expects'> {
  /** What it checks, in words. */
  readonly check: string;
  /** In words, for the plan and for findings. */
  readonly request: string;
  /** What else a user should know before it is sent. */
  readonly note?: string;
}

/** The token of requests that are to succeed. */
export function givenToken({ token }: Subject): 'valid' | 'none' {
  return token === 'valid' ? 'valid' : 'none';
}

/** The steps that can be sent. Without a token, only those with a wrong one. Where the gateway adds it, none with a wrong one. */
export function sendable<S extends Step>(steps: readonly S[], { token }: Subject): readonly S[] {
  if (token === 'valid') return steps;
  return steps.filter((step) => (step.token === 'spoiled') === (token === 'missing'));
}

export function probeOf({ request, method, token, body, expects }: Step, { name }: Subject, url: URL): Probe {
  return { subject: name, name: request, method, url, token, body, expects };
}
