/** What a server is asked: the body of a request, read. */
export interface Command {
  /** The name of the command, or of the Open Banking function. */
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A command that names no type, or is none at all, is `undefined`. */
export function readCommand(body: string): Command | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isCommand(value) ? value : undefined;
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

function isCommand(value: unknown): value is Command {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    value.type !== ''
  );
}
