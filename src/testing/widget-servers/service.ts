import * as z from 'zod/mini';

/** The parsed body of a request. */
export interface Command {
  /** The name of the command, or of the Open Banking function. */
  readonly type: string;
  readonly [field: string]: unknown;
}

const COMMAND: z.ZodMiniType<Command> = z.looseObject({ type: z.string().check(z.minLength(1)) });

/** Returns `undefined` if the body is not a command with a type. */
export function parseCommand(body: string): Command | undefined {
  try {
    return z.safeParse(COMMAND, JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** The text of a field. `''` if it is missing or not a string: the widget sends fields of any type. */
export function textField(command: Command, field: string): string {
  const value = command[field];
  return typeof value === 'string' ? value : '';
}

/** The value of a number or a numeric string. The widget sends both. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const read = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
}

/** The reply of a server: the fields of the command, or a refusal. */
export type Reply = Success | Refusal;

/** A successful reply: common fields, and fields that depend on the command. */
export interface Success {
  /** Success. */
  readonly ok: true;
  /** The HTTP status, as text. */
  readonly status: '200';
  /** A word. */
  readonly statusMessage: string;
  /** The command's `protocolVersion`; `'2.6'` if it had none. */
  readonly protocolVersion: string;
  /** The `type` of the command. */
  readonly requestType: string;
  /** The request parameter or the field `channel`; `'web'` without either. */
  readonly requestChannel: string;
  /** The server's own id, never the id of the widget's request. */
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** The reply to a command that was not carried out. */
export interface Refusal {
  /** No success. */
  readonly ok: false;
  /** The HTTP status, as text. */
  readonly status: string;
  /** A sentence. */
  readonly statusMessage: string;
}

/** The result of a command, before it becomes a reply. */
export type CommandAnswer = Fields | Refusal;

/** The fields of a successful command. */
interface Fields {
  readonly ok?: never;
  readonly [field: string]: unknown;
}

function success(command: Command, requestId: string, fields: object): Success {
  return {
    ok: true,
    status: '200',
    statusMessage: 'Success',
    protocolVersion: textField(command, 'protocolVersion') || '2.6',
    requestType: command.type,
    requestChannel: textField(command, 'channel') || 'web',
    requestId,
    ...fields,
  };
}

/** In the body, the status is text, as in the widget's own failure reply. */
export function refusal(status: number, statusMessage: string): Refusal {
  return { ok: false, status: String(status), statusMessage };
}

function isRefusal(answer: CommandAnswer): answer is Refusal {
  return answer.ok === false;
}

export function replyStatus(reply: Reply): number {
  return reply.ok ? 200 : Number(reply.status);
}

/** A server without HTTP. A test can use it directly. */
export interface Service {
  /**
   * Answers a command like the server; with 404 for an unknown type. The reply is a copy: changes to it do not affect the
   * server.
   */
  execute(command: Command): Reply;
}

/** Carries out one command. */
export type Execute = (command: Command) => CommandAnswer;

/** @param name A part of the server's request ids. @param commands By the type of the command. */
export function createService(name: string, commands: Readonly<Record<string, Execute>>): Service {
  // A map, so that a command named `constructor` or `__proto__` is unknown.
  const byType = new Map(Object.entries(commands));
  let answered = 0;
  return {
    execute(command) {
      const answer = byType.get(command.type)?.(command);
      if (!answer) return refusal(404, 'This server has no command of that type.');
      if (isRefusal(answer)) return answer;
      answered += 1;
      return success(command, `sandbox-${name}-${answered}`, structuredClone(answer));
    },
  };
}
