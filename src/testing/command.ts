import * as z from 'zod/mini';

/** What a server is asked: the body of a request, read. */
export interface Command {
  /** The name of the command, or of the Open Banking function. */
  readonly type: string;
  readonly [field: string]: unknown;
}

const COMMAND: z.ZodMiniType<Command> = z.looseObject({ type: z.string().check(z.minLength(1)) });

/** A command that names no type, or is none at all, is `undefined`. */
export function readCommand(body: string): Command | undefined {
  try {
    return z.safeParse(COMMAND, JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/**
 * A field's text, and `''` when there is none: the widget's fields are not to be trusted with their types.
 */
export function textOf(command: Command, field: string): string {
  const value = command[field];
  return typeof value === 'string' ? value : '';
}

/** A number, or text that is one; the widget sends both. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const read = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(read) ? read : undefined;
}
