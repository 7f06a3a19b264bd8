/** The `ctxId` of a body: the page's option if there is one, or else the one that belongs to the command. */
export function contextIdOf(option: unknown, type: unknown): unknown {
  if (typeof option === 'string' && option !== '') return option;
  return type === 'getInsights' ? 'sampleTopRelevant' : 'dashboard';
}
