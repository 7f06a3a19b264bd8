import * as z from 'zod/mini';
import { attempt } from '../attempt.ts';

/** What a schema makes of a value from outside; or where it does not fit, and why. */
export function readBy<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
):
  | { readonly data: z.output<Schema>; readonly misfit?: never }
  | { readonly data?: never; readonly misfit: string } {
  const read = attempt(() => z.safeParse(schema, value));
  // zod assigns what it has read, and so cannot assign a `constructor` where a page has frozen all objects' own.
  if (!read) return { misfit: 'a field with a name of Object.prototype, which this page has frozen' };
  return read.success ? { data: read.data } : { misfit: read.error.issues.map(describe).join('; ') };
}

/** Such as `resource.channels.0.expires: invalid_type, expected number`. It holds nothing of the value. */
function describe(issue: z.core.$ZodIssue): string {
  const reason = issue.code === 'custom' ? issue.message : issue.code;
  const place = issue.path.length ? [`${issue.path.join('.')}: `] : [];
  const expected = 'expected' in issue ? [`, expected ${issue.expected}`] : [];
  return [...place, reason, ...expected].join('');
}
