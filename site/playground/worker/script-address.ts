interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): unknown };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/**
 * The address of a script of the playground, as a page with Trusted Types wants it. Its policy is `playground-scripts`.
 *
 * @returns A `TrustedScriptURL`, or the address as it is.
 */
export function scriptAddress(address: string): unknown {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('playground-scripts', { createScriptURL: (given) => given });
  return policy ? policy.createScriptURL(address) : address;
}
