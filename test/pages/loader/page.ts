import { isBanksideError, type LoadWidgetOptions, loadWidget } from '../../../src/index.ts';

// A page that loads a widget when a test asks for it. Each <script> of this file is a copy of the package of its own.

export interface Loaded {
  readonly widget?: string;
  readonly code?: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

interface LoaderPage {
  copies?: (typeof load)[];
  violations?: string[];
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(address: string): string },
    ): { createScriptURL(address: string): LoadWidgetOptions['src'] };
  };
  /** Puts a string through the page's policy of Trusted Types. */
  trust?: (address: string) => LoadWidgetOptions['src'];
}

const page = globalThis as unknown as LoaderPage;

/** @param before What the page does in the same task, before. */
async function load(options: LoadWidgetOptions, before?: () => void): Promise<Loaded> {
  // In a separate task: code that a test evaluates has more permissions than the page.
  await new Promise((resolve) => setTimeout(resolve));
  before?.();
  try {
    const { name } = await loadWidget<{ name: string }>(options);
    return { widget: name };
  } catch (error) {
    if (!isBanksideError(error)) return { message: String(error) };
    const { code, message, details } = error;
    return { code, message, details: { ...details } };
  }
}

page.copies = [...(page.copies ?? []), load];
if (!page.violations) {
  const violations: string[] = [];
  page.violations = violations;
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    violations.push(`${effectiveDirective} ${blockedURI}`);
  });
  const policy = page.trustedTypes?.createPolicy('bank', { createScriptURL: (address) => address });
  page.trust = (address) => policy?.createScriptURL(address) ?? address;
}
