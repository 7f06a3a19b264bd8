/** What a server answers: the fields of the command asked for, or a refusal. */
export type Reply = Success | Refusal;

/** The answer to a command: its fields depend on the command. */
export interface Success {
  /** It went well. */
  readonly ok: true;
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

export function success(fields: object): Success {
  return { ok: true, ...fields };
}

/** `status` is text in the body, as in the widget's own failure reply, and a number on the wire. */
export function refusal(status: number, statusMessage: string): Refusal {
  return { ok: false, status: String(status), statusMessage };
}

export function statusOf(reply: Reply): number {
  return reply.ok ? 200 : Number(reply.status);
}
