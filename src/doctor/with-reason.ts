import type { SeenHeader } from './exchange.ts';

/** Ends a sentence about a header that a page may not read with the reason, where that is known. */
export function withReason(sentence: string, { whyHidden }: Pick<SeenHeader, 'whyHidden'>): string {
  return whyHidden === undefined ? sentence : `${sentence.slice(0, -1)}: ${whyHidden}.`;
}
