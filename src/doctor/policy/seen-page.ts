import type { Policy } from './policy.ts';

/** What a page's answer says of what the page may do. */
export interface SeenPage {
  readonly url: URL;
  /** In words, for findings: `GET /accounts`. */
  readonly request: string;
  readonly policies: readonly Policy[];
  /** Why there may be more policies than were read. They can only forbid more. */
  readonly doubt?: string | undefined;
  /** The values of `X-Frame-Options`. */
  readonly frameOptions: readonly string[];
}
