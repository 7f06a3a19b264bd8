import type { FindingId } from '../../../src/doctor/finding-id.ts';
import { canBeTogether } from './can-be-together.ts';
import type { Fault } from './faults/fault.ts';
import { FAULTS } from './faults.ts';

/** Two faults that one bank can have, and what must be found. */
export interface Pair {
  readonly name: string;
  readonly faults: readonly [Fault, Fault];
  /** What must be found. */
  readonly finds: readonly FindingId[];
  /** What one of them may hide. */
  readonly hidden: readonly FindingId[];
}

const OF_CALLS: readonly FindingId[] = [
  'server-error',
  'not-json',
  'special-characters',
  'large-body',
  'body-cut',
  'endless-answer',
  'body-encoding',
  'uncompressed',
];
const OF_VARY: readonly FindingId[] = ['vary', 'vary-unstored'];
const OF_THE_QUEUE: readonly FindingId[] = [
  'vary',
  'no-store',
  'cached-answer',
  'poll-form',
  'dead-queue-form',
  'server-error',
];
const OF_SUBSCRIPTIONS: readonly FindingId[] = [
  ...OF_THE_QUEUE,
  'subscribe-form',
  'location-missing',
  'location-form',
  'location-hidden',
  'date-hidden',
];
const OF_PREFLIGHTS: readonly FindingId[] = [
  'preflight-origin',
  'preflight-headers',
  'preflight-wildcard',
  'authorization-wildcard',
  'preflight-methods',
  'preflight-credentials',
  'preflight-lifetime',
  'origin-twice',
];
const OF_ANSWERS: readonly FindingId[] = [
  ...OF_CALLS,
  ...OF_SUBSCRIPTIONS,
  'answer-origin',
  'error-answer-origin',
  'origin-twice',
  'origin-reflected',
  'answer-credentials',
  'credentials-wildcard',
  'retry-after-not-listed',
  'rate-limit-form',
  'retry-after-hidden',
  'unauthorized-form',
  'token-not-checked',
  'token-refused',
  'redirect',
  'old-http',
  'vary',
  'vary-unstored',
  'clock',
];

interface Rule {
  readonly finding: FindingId;
  /** Of a fault at this place. Default: anywhere. */
  readonly at?: Fault['at'];
  readonly hides: readonly FindingId[];
}

/** What hides what, by its nature. */
const HIDING: readonly Rule[] = [
  // Nothing of an answer is known.
  { finding: 'not-http', hides: OF_ANSWERS },
  // The page of an error has no headers of CORS, and no browser reads those of a redirect.
  { finding: 'preflight-refused', hides: OF_PREFLIGHTS },
  { finding: 'redirect', at: 'gateway', hides: OF_PREFLIGHTS },
  { finding: 'redirect', at: 'server', hides: ['error-answer-origin'] },
  // A list of headers that is missing says that nothing answers preflights, so that their lifetime is not judged.
  { finding: 'preflight-headers', hides: ['preflight-lifetime'] },
  // No request is accepted, so that nothing of a request that is accepted can be wrong.
  {
    finding: 'token-refused',
    hides: [...OF_CALLS, ...OF_SUBSCRIPTIONS, 'answer-origin', 'unauthorized-form', 'token-not-checked'],
  },
  // Of a request that is refused, or whose answer cannot be read, a variant says nothing more.
  { finding: 'server-error', hides: OF_CALLS },
  { finding: 'not-json', hides: OF_CALLS },
  { finding: 'body-cut', hides: OF_CALLS },
  { finding: 'endless-answer', hides: OF_CALLS },
  { finding: 'body-encoding', hides: OF_CALLS },
  // There is no queue.
  { finding: 'subscribe-form', hides: OF_SUBSCRIPTIONS },
  { finding: 'location-missing', hides: [...OF_THE_QUEUE, 'location-hidden'] },
  { finding: 'location-form', hides: OF_THE_QUEUE },
  // The first answers are those of a busy server.
  { finding: 'rate-limit-form', hides: ['retry-after-not-listed'] },
  { finding: 'retry-after-hidden', hides: ['retry-after-not-listed'] },
  // Whether cookies are allowed counts only where the origin is.
  { finding: 'preflight-origin', hides: ['preflight-credentials'] },
  { finding: 'origin-twice', hides: ['preflight-credentials', 'answer-credentials'] },
  // What is exposed is seen of an answer that a page may read.
  { finding: 'origin-twice', hides: ['retry-after-not-listed'] },
  { finding: 'answer-credentials', hides: ['retry-after-not-listed'] },
  // That an answer depends on the origin is seen of one that a page may read, beside one of the same status.
  { finding: 'error-answer-origin', hides: OF_VARY },
  { finding: 'answer-credentials', hides: OF_VARY },
  { finding: 'answer-origin', hides: ['vary'] },
  { finding: 'redirect', at: 'server', hides: OF_VARY },
  { finding: 'rate-limit-form', hides: OF_VARY },
  { finding: 'retry-after-hidden', hides: OF_VARY },
  // If all origins are allowed, it does not.
  { finding: 'credentials-wildcard', hides: OF_VARY },
];

/** One fault for each set of findings: its variants differ in nothing that another fault could hide. */
export function representatives(): readonly Fault[] {
  const found = new Map<string, Fault>();
  for (const fault of FAULTS) {
    const key = [fault.at, fault.credentials, ...fault.finds].join(' ');
    if (!found.has(key)) found.set(key, fault);
  }
  return [...found.values()];
}

/** All pairs of faults that one bank can have. */
export function pairsOfFaults(): readonly Pair[] {
  const faults = representatives();
  return faults.flatMap((one, index) =>
    faults
      .slice(index + 1)
      .filter((other) => canBeTogether(one, other))
      .map((other) => pairOf(one, other)),
  );
}

function pairOf(one: Fault, other: Fault): Pair {
  const both = new Set([...one.finds, ...other.finds]);
  // A cache does harm once it may store answers that do not say what they depend on.
  if (both.has('vary-unstored') && both.has('no-store')) both.add('vary');
  const all = [...both].sort();
  const hidden = [...hiddenBy(one, other), ...hiddenBy(other, one)];
  return {
    name: `${one.name} + ${other.name}`,
    faults: [one, other],
    finds: all.filter((id) => !hidden.includes(id)),
    hidden,
  };
}

/** What of the other fault cannot be seen beside the first. */
function hiddenBy({ finds, at }: Fault, other: Fault): readonly FindingId[] {
  const rules = HIDING.filter((rule) => finds.includes(rule.finding) && (rule.at ?? at) === at);
  const hides = rules.flatMap((rule) => rule.hides);
  return other.finds.filter((id) => hides.includes(id) && !finds.includes(id));
}
