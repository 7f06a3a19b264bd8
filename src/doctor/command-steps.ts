import { givenToken, type Step, sendable } from './step.ts';
import type { Subject } from './subject.ts';

/** What a command of the examination carries. `more`: a further field. `special`: characters beyond ASCII in it. `large`: 200 kB. */
type CommandKind = 'refused' | 'plain' | 'more' | 'special' | 'large';

export interface CommandStep extends Step {
  readonly kind: CommandKind;
}

type Server = Exclude<Subject['name'], 'linxo'>;

/** Commands that only read, with the fields that widgets send. */
const COMMANDS: Readonly<Record<Server, { readonly type: string }>> = {
  pserver: command('getInsights', 'sampleTopRelevant'),
  enrich: command('getUserSubscriptions', 'dashboard'),
  ob: { type: 'getBankConfiguration' },
};

/** No server reads a field of this name. */
const FIELD = 'banksideDoctor';
const ASCII = 'a further field';
/** Of two, three and four bytes in UTF-8. */
const BEYOND_ASCII = 'Zoë, Łódź, Ελλάδα, 東京, 😀';
const IF_IT_FAILS = 'it is followed, if it fails, by the one with a further field once more';
/** In characters. */
const LARGE = 200_000;

/** The requests to a server of the widget, in their order. */
export function commandSteps(subject: Subject): readonly CommandStep[] {
  const command = COMMANDS[subject.name as Server];
  const place = `POST ${subject.url.pathname}, ${command.type}`;
  const token = givenToken(subject);
  const body = (field?: string): string => JSON.stringify(field ? { ...command, [FIELD]: field } : command);
  const steps: readonly Omit<CommandStep, 'method'>[] = [
    {
      kind: 'refused',
      check: 'a token that is not valid',
      request: `${place} with a token that is not valid`,
      note: 'it is to be refused',
      token: 'spoiled',
      body: body(),
    },
    { kind: 'plain', check: 'a command', request: place, note: 'it only reads', token, body: body() },
    {
      kind: 'more',
      check: 'a command with a further field',
      request: `${place} with a further field`,
      token,
      body: body(ASCII),
    },
    {
      kind: 'special',
      check: 'characters beyond ASCII',
      request: `${place} with characters beyond ASCII`,
      note: IF_IT_FAILS,
      token,
      body: body(BEYOND_ASCII),
    },
    {
      kind: 'large',
      check: 'a large request',
      request: `${place} with 200 kB`,
      note: IF_IT_FAILS,
      token,
      body: body(`${ASCII} `.repeat(LARGE / (ASCII.length + 1))),
    },
  ];
  return sendable(
    steps.map((step) => ({ ...step, method: 'POST' })),
    subject,
  );
}

function command(type: string, ctxId: string): { readonly type: string } & Readonly<Record<string, string>> {
  return { clientVersion: '21.5', protocolVersion: '2.6', lang: 'en', deviceType: 'web', type, ctxId };
}
