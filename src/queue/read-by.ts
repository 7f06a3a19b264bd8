import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

/** zod's own words for what does not fit. They name types, and hold no value. */
export const words: z.core.ParseContext<z.core.$ZodIssue> = { error: en().localeError };

/** What a schema makes of a value from outside; or where it does not fit, and why. */
export function readBy<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
):
  | { readonly data: z.output<Schema>; readonly misfit?: never }
  | { readonly data?: never; readonly misfit: string } {
  const read = z.safeParse(schema, value, words);
  return read.success ? { data: read.data } : { misfit: read.error.issues.map(describe).join('; ') };
}

/** Such as `resource.channels.0.expires: Invalid input: expected number, received string`. */
function describe({ path, message }: z.core.$ZodIssue): string {
  return [...(path.length ? [path.join('.')] : []), message].join(': ');
}
