/** The headers of answers that a page may read across origins even if they are not exposed. In lower case. */
export const ALWAYS_READABLE: readonly string[] = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];
