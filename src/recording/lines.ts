import { stringify } from '../text/stringify.ts';

/** What a line has beside its JSON: four spaces, a comma and the line break. */
const AROUND = 6;
/** More than all that a file has beside its lines. */
const FRAME = 250;

/** Counts the bytes of a file, up to a limit. */
export class FileSize {
  bytes: number = FRAME;
  /** Whether something was left out, because the file was full. */
  isFull = false;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether there is room for so much more. Once there was none, there is none any more. */
  take(bytes: number): boolean {
    this.isFull ||= this.bytes + bytes > this.#limit;
    if (!this.isFull) this.bytes += bytes;
    return !this.isFull;
  }
}

/** An object that is a line of the file. */
export interface Line<T> {
  value: T;
  bytes: number;
}

/** The objects of a list, each on a line of the file. */
export class Lines<T extends object> {
  readonly #size: FileSize;
  readonly #lines: Line<T>[] = [];

  constructor(size: FileSize) {
    this.#size = size;
  }

  /** Adds an object, if there is room for it. */
  add(value: T): Line<T> | undefined {
    const line = { value, bytes: bytesOf(value) };
    if (!this.#size.take(line.bytes + AROUND)) return undefined;
    this.#lines.push(line);
    return line;
  }

  /** Replaces an object, if there is room for the new one. */
  change(line: Line<T>, value: T): void {
    const bytes = bytesOf(value);
    if (!this.#size.take(bytes - line.bytes)) return;
    line.value = value;
    line.bytes = bytes;
  }

  values(): T[] {
    return this.#lines.map(({ value }) => value);
  }
}

function bytesOf(value: object): number {
  return new TextEncoder().encode(stringify(value)).length;
}
