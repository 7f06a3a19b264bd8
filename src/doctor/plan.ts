import { commandSteps } from './command-steps.ts';
import { queueSteps } from './queue-steps.ts';
import type { Step } from './step.ts';
import type { Subject } from './subject.ts';

/** How long one request waits for a busy server, in ms. */
export const LONGEST_WAIT = 10_000;

/** All that is sent to a subject, in its order. */
function stepsOf(subject: Subject): readonly Step[] {
  return subject.name === 'linxo' ? queueSteps(subject) : commandSteps(subject);
}

/** What `examine` will send, one line each, for the user to read before. */
export function planOf(subjects: readonly Subject[]): readonly string[] {
  const lines: string[] = [];
  let count = 0;
  for (const subject of subjects) {
    const steps = stepsOf(subject);
    count += steps.length;
    lines.push(`${subject.name} at ${subject.url.origin}:`);
    for (const { request, note } of steps) lines.push(`- ${request}${note ? `: ${note}` : ''}`);
  }
  const total = count === 1 ? 'One request' : `${count} requests`;
  const wait = LONGEST_WAIT / 1000;
  return [
    ...lines,
    `${total} in all, beside preflights. One that is answered with 429 or 503 is sent again, for ${wait} s at most.`,
  ];
}
