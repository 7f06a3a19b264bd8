/** What a server answers: the fields of the command asked for, or a refusal. */
export type Reply = Success | Refusal;

export interface Success {
  readonly ok: true;
  readonly [field: string]: unknown;
}

export interface Refusal {
  readonly ok: false;
  readonly status: string;
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
