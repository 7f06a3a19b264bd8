import type { Probe } from './exchange.ts';
import { type Finding, type FindingOptions, finding } from './finding.ts';

/** Something wrong with an answer. */
export type Fault = Pick<FindingOptions, 'id' | 'seen' | 'remedy'>;

/** What is wrong with an answer. */
export interface Judgement {
  readonly faults: readonly Fault[];
  /** Why it could not be judged, where it could not. */
  readonly reason?: string | undefined;
}

export function findingsOf(
  faults: readonly Fault[],
  { subject, name }: Pick<Probe, 'subject' | 'name'>,
): readonly Finding[] {
  return faults.map((fault) => finding({ ...fault, subject, request: name }));
}
