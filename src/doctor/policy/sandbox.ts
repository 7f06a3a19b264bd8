import type { Policy } from './policy.ts';

/** What the directive `sandbox` leaves to a page. */
export interface Sandbox {
  readonly allowsScripts: boolean;
  /** Whether the page keeps its origin. Else its requests come from the origin `null`. */
  readonly allowsOrigin: boolean;
}

/** All policies must allow something for the page to have it. */
export function sandboxOf(policies: readonly Policy[]): Sandbox {
  const flags = policies
    .map(({ directives }) => directives.get('sandbox'))
    .filter((values) => values !== undefined)
    .map((values) => values.map((value) => value.toLowerCase()));
  const allows = (flag: string): boolean => flags.every((values) => values.includes(flag));
  return {
    allowsScripts: allows('allow-scripts'),
    allowsOrigin: allows('allow-same-origin'),
  };
}
