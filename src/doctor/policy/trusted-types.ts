import type { Policy } from './policy.ts';

/** Whether a page may write HTML and scripts only as trusted types, not as strings. */
export function requiresTrustedTypes(policies: readonly Policy[]): boolean {
  return policies.some(({ directives }) => directives.get('require-trusted-types-for')?.includes("'script'"));
}

/**
 * The names that a policy allows for policies of Trusted Types, if the name `default` is not one of them: a page that creates it may
 * go on writing strings. `undefined` if it is. Names have upper and lower case.
 */
export function namesWithoutDefault({ directives }: Policy): readonly string[] | undefined {
  const names = directives.get('trusted-types');
  return names && !names.includes('default') && !names.includes('*') ? names : undefined;
}
