import * as z from 'zod/mini';

/** A schema for each field that there is, so that a schema and its documented interface cannot differ. */
export type Shape<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? z.ZodMiniType<T[K] | undefined>
    : z.ZodMiniType<T[K]>;
};

/** An object with these fields and no others. One that is `undefined` counts as left out. */
export function fields<T extends object>(shape: Shape<T>): z.ZodMiniType<T> {
  return z.pipe(z.strictObject(shape), z.transform(given)) as unknown as z.ZodMiniType<T>;
}

/** Fields without those that are `undefined`. */
export function given<T extends object>(all: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never;
}
