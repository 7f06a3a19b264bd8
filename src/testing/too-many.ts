/** What was asked for goes beyond what a sandbox keeps. Its message says the limit. */
export class TooMany extends Error {
  override name = 'TooMany';
}
