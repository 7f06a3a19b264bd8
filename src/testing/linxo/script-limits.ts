/**
 * What keeps a script from taking all memory of the process that plays it: each step becomes an event that is kept, and
 * each of those has its accounts.
 */
const MOST_STEPS = 1_000;
const MOST_ACCOUNTS = 10_000;
const DEEPEST = 10;
/** Accounts that are listed one by one, as JSON. */
const MOST_CHARACTERS = 1_000_000;

/** What of a script is too much, as messages say it; `undefined` if nothing is. Of its fields it believes nothing. */
export function excessOf(script: unknown): string | undefined {
  const sum = { steps: 0, accounts: 0, characters: 0 };
  return excessIn(script, 0, sum);
}

function excessIn(
  steps: unknown,
  depth: number,
  sum: Record<'steps' | 'accounts' | 'characters', number>,
): string | undefined {
  if (!Array.isArray(steps)) return undefined;
  if (depth > DEEPEST) return `steps whose challenges are ${DEEPEST} deep at most`;
  sum.steps += steps.length;
  if (sum.steps > MOST_STEPS) return `a list of ${MOST_STEPS} steps at most, those after challenges included`;
  for (const step of steps) {
    const { accounts, challenge } = Object(step);
    sum.accounts += Array.isArray(accounts) ? accounts.length : Number(accounts) || 0;
    if (sum.accounts > MOST_ACCOUNTS) return `steps with ${MOST_ACCOUNTS} accounts at most`;
    if (Array.isArray(accounts)) sum.characters += lengthOf(accounts);
    if (!(sum.characters <= MOST_CHARACTERS))
      return `steps with accounts of ${MOST_CHARACTERS} characters at most, as JSON`;
    const { answered, unanswered } = Object(challenge);
    const excess = excessIn(answered, depth + 1, sum) ?? excessIn(unanswered, depth + 1, sum);
    if (excess) return excess;
  }
  return undefined;
}

/** As JSON; what cannot be written so is longer than anything. */
export function lengthOf(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Infinity;
  }
}
