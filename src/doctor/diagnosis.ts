import type { Finding, SubjectName } from './finding.ts';

/** One check, and how it went. */
export interface Check {
  /** The server, or the page itself. */
  readonly subject: SubjectName;
  /** In words: `a queue that does not exist`. */
  readonly name: string;
  /** `found`: there is a finding. `skipped`: it could not be checked. */
  readonly result: 'fine' | 'found' | 'skipped';
  /** Why it was skipped. */
  readonly reason?: string | undefined;
}

/** What an examination brought. */
export interface Diagnosis {
  /** What is wrong. None: everything that could be seen is right. */
  readonly findings: readonly Finding[];
  /** What was checked, in its order. */
  readonly checks: readonly Check[];
}
