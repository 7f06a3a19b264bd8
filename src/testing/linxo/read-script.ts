import { SCENARIO_NAMES, scenarioOf } from './scenarios.ts';
import type { Happening, Script } from './script.ts';

interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const TEXT: Rule = {
  expected: 'a text that is not empty',
  accepts: (value) => typeof value === 'string' && value !== '',
};
const TIME: Rule = { expected: 'a number of milliseconds, 0 or more', accepts: isTime };
const STEPS: Rule = { expected: 'a list of steps', accepts: Array.isArray };

const RULES_OF_HAPPENING: Readonly<Record<string, Rule>> = {
  event: TEXT,
  channel: TEXT,
  status: TEXT,
  connectionStatus: TEXT,
  accounts: {
    expected: 'a whole number from 0 to 1000, or a list of accounts',
    accepts: (value) =>
      Array.isArray(value) || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1_000),
  },
  challenge: {
    expected: 'an object with within, answered and unanswered',
    accepts: (value) => typeof value === 'object' && value !== null,
  },
};
const RULES_OF_STEP = { after: TIME, ...RULES_OF_HAPPENING };
const RULES_OF_CHALLENGE = { within: TIME, answered: STEPS, unanswered: STEPS };

/** Reads a scenario's name, or steps from outside; throws a `TypeError` that names the field that does not fit. */
export function readScript(value: unknown): Script {
  if (typeof value !== 'string') return readSteps(value);
  const script = scenarioOf(value);
  if (!script) throw new TypeError(`A scenario must be one of ${SCENARIO_NAMES.join(', ')}.`);
  return script;
}

/** Reads what happens without a script. */
export function readHappening(value: unknown): Happening {
  readFields(value, RULES_OF_HAPPENING, []);
  return value as Happening;
}

function readSteps(value: unknown): Script {
  if (!Array.isArray(value))
    throw new TypeError('A script must be the name of a scenario, or a list of steps.');
  for (const step of value) readFields(step, RULES_OF_STEP, ['after']);
  return value as Script;
}

function readFields(
  value: unknown,
  rules: Readonly<Record<string, Rule>>,
  required: readonly string[],
): void {
  if (typeof value !== 'object' || value === null) throw new TypeError('A step must be an object.');
  const fields = new Map(Object.entries(value).filter(([, field]) => field !== undefined));
  for (const name of [...required, ...fields.keys()]) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw new TypeError(`A step has no field "${name}".`);
    if (!rule.accepts(fields.get(name))) throw new TypeError(`A step's "${name}" must be ${rule.expected}.`);
  }
  if (fields.has('challenge')) readChallenge(fields.get('challenge'));
}

function readChallenge(value: unknown): void {
  readFields(value, RULES_OF_CHALLENGE, ['within', 'answered', 'unanswered']);
  const { answered, unanswered } = value as { answered: unknown; unanswered: unknown };
  readSteps(answered);
  readSteps(unanswered);
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
