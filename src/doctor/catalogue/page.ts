import { type CatalogueEntries, NOTHING_ARRIVES } from './entry.ts';

/** The page itself. */
export const PAGE = {
  'insecure-page': {
    severity: 'warning',
    effect:
      'Anyone on the network can read and change the page and what it sends, tokens included. `bankside` works there, and says so in the console and by the event `insecurePage`.',
    advice: 'Serve the page over https.',
  },
  'page-moved': {
    severity: 'error',
    effect: 'The page has another origin than the one that was checked: the gateway may not allow it.',
    advice: 'Give the origin that the page ends at, and run the doctor again.',
  },
  'connect-src': {
    severity: 'error',
    effect: NOTHING_ARRIVES,
    advice: "Name the server in the page's content security policy, in each of them if there are several.",
    remedy: { kind: 'policy' },
  },
  'trusted-types': {
    severity: 'error',
    effect:
      "The widget's jQuery writes HTML as strings, which the policy forbids: the widget does not start. `bankside` itself needs no policy.",
    advice: "Allow a policy named `default`, and create it in the page before the widget's script.",
    remedy: { kind: 'policy', directive: 'trusted-types default' },
  },
  'page-sandboxed': {
    severity: 'error',
    effect:
      'A sandboxed page runs no scripts, or has the origin `null`, which no list of origins should allow: NETWORK.',
    advice: 'Allow the page scripts and its own origin: `allow-scripts allow-same-origin`.',
  },
  'page-framing': {
    severity: 'warning',
    effect: 'Any website can show the page in an invisible frame, so that users click in it without knowing.',
    advice: 'Say who may show the page in a frame.',
    remedy: { kind: 'framing', directive: "frame-ancestors 'self'" },
  },
} as const satisfies CatalogueEntries;
