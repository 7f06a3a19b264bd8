import { type Command, textOf } from './command.ts';

/** What a server answers: the fields of the command asked for, or a refusal. */
export type Reply = Success | Refusal;

/** The answer to a command: what every answer has, and fields that depend on the command. */
export interface Success {
  /** It went well. */
  readonly ok: true;
  /** The HTTP status, as text. */
  readonly status: '200';
  /** In a word. */
  readonly statusMessage: string;
  /** As the command had it; `'2.6'` where it had none. */
  readonly protocolVersion: string;
  /** The `type` of the command. */
  readonly requestType: string;
  /** The request parameter `channel`, or the field of that name; `'web'` where there was neither. */
  readonly requestChannel: string;
  /** The server's own, and never that of the widget's request. */
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** Why a command was not carried out. */
export interface Refusal {
  /** It did not. */
  readonly ok: false;
  /** The HTTP status, as text. */
  readonly status: string;
  /** In a sentence. */
  readonly statusMessage: string;
}

/** What one command answers, before it is put into the form of a reply. */
export type Answer = Fields | Refusal;

/** The fields of a command that went well. */
export interface Fields {
  readonly ok?: never;
  readonly [field: string]: unknown;
}

export function success(command: Command, requestId: string, fields: object): Success {
  return {
    ok: true,
    status: '200',
    statusMessage: 'Success',
    protocolVersion: textOf(command, 'protocolVersion') || '2.6',
    requestType: command.type,
    requestChannel: textOf(command, 'channel') || 'web',
    requestId,
    ...fields,
  };
}

/** `status` is text in the body, as in the widget's own failure reply, and a number on the wire. */
export function refusal(status: number, statusMessage: string): Refusal {
  return { ok: false, status: String(status), statusMessage };
}

export function isRefusal(answer: Answer): answer is Refusal {
  return answer.ok === false;
}

export function statusOf(reply: Reply): number {
  return reply.ok ? 200 : Number(reply.status);
}
