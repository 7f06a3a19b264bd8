import type { SubjectName } from './finding.ts';

/** What is to be examined. */
export interface Subject {
  readonly name: Exclude<SubjectName, 'page'>;
  /** The address of the server; of `linxo`, the `baseUrl` of the poller. */
  readonly url: URL;
  /** `valid`: there is a token to send. `missing`: there is none. `none`: the gateway adds it, so that no header is sent. */
  readonly token: 'valid' | 'missing' | 'none';
}
