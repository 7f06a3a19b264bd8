import type { Fault, FaultKind } from './fault.ts';
import { FAULT_SERVERS, KINDS_OF_FAULT, LINXO_OPERATIONS } from './fault-kinds.ts';

interface Rule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const SCOPE = ['kind', 'server', 'type', 'count', 'probability'];

const RULES: Readonly<Record<string, Rule>> = {
  kind: oneOf(Object.keys(KINDS_OF_FAULT)),
  server: oneOf(FAULT_SERVERS),
  type: { expected: 'a text', accepts: (value) => typeof value === 'string' && value !== '' },
  count: wholeNumber(1, 1_000),
  probability: {
    expected: 'a number above 0 and up to 1',
    accepts: (value) => typeof value === 'number' && value > 0 && value <= 1,
  },
  ms: wholeNumber(0, 600_000),
  status: wholeNumber(400, 599),
  body: oneOf(['json', 'html', 'empty']),
  retryAfter: wholeNumber(0, 86_400),
  retryAfterForm: oneOf(['seconds', 'date', 'garbage']),
  events: wholeNumber(1, 100_000),
};

/** Reads what came from outside, and throws a `TypeError` that names the field. */
export function readFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) throw new TypeError('A fault must be an object.');
  const fields = new Map(Object.entries(value).filter(([, field]) => field !== undefined));
  check('kind', fields.get('kind'));
  const kind = fields.get('kind') as FaultKind;
  const allowed = [...SCOPE, ...KINDS_OF_FAULT[kind].fields];
  for (const [name, field] of fields) {
    if (!allowed.includes(name)) throw new TypeError(`A fault of this kind has no field "${name}".`);
    check(name, field);
  }
  if (fields.has('count') && fields.has('probability')) {
    throw new TypeError('A fault has a "count" or a "probability", not both.');
  }
  checkScope(kind, fields);
  return Object.fromEntries(fields) as unknown as Fault;
}

/** A fault that could never strike is a mistake. */
function checkScope(kind: FaultKind, fields: ReadonlyMap<string, unknown>): void {
  const { servers, operations = LINXO_OPERATIONS } = KINDS_OF_FAULT[kind];
  const [server, type] = [fields.get('server'), fields.get('type')];
  if (server !== undefined) expect('server', oneOf(servers), server, kind);
  const isOfQueue = server === 'linxo' || servers.every((one) => one === 'linxo');
  if (isOfQueue && type !== undefined) expect('type', oneOf(operations), type, kind);
}

function expect(name: string, rule: Rule, value: unknown, kind: FaultKind): void {
  if (!rule.accepts(value))
    throw new TypeError(`The "${name}" of a fault "${kind}" must be ${rule.expected}.`);
}

function check(name: string, value: unknown): void {
  const rule = RULES[name];
  if (rule && !rule.accepts(value)) throw new TypeError(`A fault's "${name}" must be ${rule.expected}.`);
}

function oneOf(values: readonly string[]): Rule {
  return { expected: values.join(', '), accepts: (value) => values.some((known) => known === value) };
}

function wholeNumber(low: number, high: number): Rule {
  return {
    expected: `a whole number from ${low} to ${high}`,
    accepts: (value) => Number.isInteger(value) && Number(value) >= low && Number(value) <= high,
  };
}
