import type { Fault, FaultKind } from 'bankside/testing';
import { element } from '../../../examples/showcase/shared/dom/element.js';
import { FAULT_KINDS } from '../../../src/testing/faults/read-fault.ts';
import { SERVER_WORDS } from './fault-words.ts';

type Values = readonly (readonly [value: string, words: string])[];

interface FieldWords {
  readonly label: string;
  /** Of a field with a number. */
  readonly range?: readonly [low: number, high: number];
  readonly values?: Values;
  /** Shown in an empty field: what holds then. */
  readonly empty?: string;
}

const OWN: Readonly<Record<string, FieldWords>> = {
  ms: { label: 'After, in ms', range: [0, 600_000], empty: '3000' },
  status: { label: 'Status', range: [400, 599], empty: '500' },
  events: { label: 'Events', range: [1, 100_000], empty: '500' },
};

const MORE: Readonly<Record<string, FieldWords>> = {
  body: { label: 'Body', values: plain('json', 'html', 'empty') },
  retryAfter: { label: 'Retry-After, in s', range: [0, 86_400], empty: 'none' },
  retryAfterForm: {
    label: 'Retry-After is written as',
    values: plain('seconds', 'decimal', 'twice', 'date', 'past', 'unix', 'garbage'),
  },
};

const SCOPE: Readonly<Record<string, FieldWords>> = {
  type: { label: 'Only this type', empty: 'any' },
  probability: { label: 'Or: probability', range: [0, 1], empty: 'such as 0.2' },
};

const NUMBERS = new Set(['ms', 'status', 'events', 'retryAfter', 'count', 'probability']);

function plain(...values: readonly string[]): Values {
  return values.map((value) => [value, value]);
}

/** The fields that are seen first for a kind of fault. */
export function firstFields(kind: FaultKind): HTMLElement[] {
  const { servers } = FAULT_KINDS[kind];
  const values: Values = servers.map((server) => [server, SERVER_WORDS[server]]);
  return [
    field('server', { label: 'Server', values: servers.length > 1 ? [['', 'Any'], ...values] : values }),
    field('count', { label: 'Requests', range: [1, 1000], empty: '1' }),
    ...ownFields(kind, OWN),
  ];
}

/** The fields that few need. */
export function furtherFields(kind: FaultKind): HTMLElement[] {
  return [...ownFields(kind, MORE), ...Object.entries(SCOPE).map(([name, words]) => field(name, words))];
}

function ownFields(kind: FaultKind, known: Readonly<Record<string, FieldWords>>): HTMLElement[] {
  const names = Object.keys(FAULT_KINDS[kind].fields);
  return Object.entries(known)
    .filter(([name]) => names.includes(name))
    .map(([name, words]) => field(name, words));
}

function field(name: string, { label, range, values, empty }: FieldWords): HTMLElement {
  const id = `fault-${name}`;
  const control = values
    ? element('select', { id, name }, ...values.map(([value, words]) => element('option', { value }, words)))
    : element('input', {
        id,
        name,
        type: range ? 'number' : 'text',
        inputmode: range && (name === 'probability' ? 'decimal' : 'numeric'),
        min: range?.[0],
        max: range?.[1],
        step: 'any',
        maxlength: range ? undefined : 100,
        placeholder: empty,
      });
  return element(
    'p',
    { class: name === 'server' ? 'field field-wide' : 'field' },
    element('label', { for: id }, label),
    control,
  );
}

/** The fault that was filled in, not yet checked. What was left empty or as it is by default has no field. */
export function filledIn(kind: FaultKind, form: HTMLFormElement): object {
  const fault: Record<string, unknown> = { kind };
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (text === '' || text === MORE[name]?.values?.[0]?.[0]) continue;
    fault[name] = NUMBERS.has(name) ? Number(text) : text;
  }
  return fault satisfies Partial<Record<keyof Fault, unknown>>;
}
