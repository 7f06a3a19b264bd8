import * as z from 'zod/mini';
import { attempt } from '../../check.ts';

const MOST_ISSUES = 3;

/** What a schema makes of a value from outside; or where it does not fit, and why. */
export function readBy<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
):
  | { readonly data: z.output<Schema>; readonly misfit?: never }
  | { readonly data?: never; readonly misfit: string } {
  // zod assigns what it has read, and throws at a field `constructor` where a page has frozen Object.prototype.
  const read = attempt(() => z.safeParse(schema, value));
  if (!read) return { misfit: 'zod could not read it' };
  return read.success ? { data: read.data } : { misfit: inWords(read.error.issues) };
}

/** The first of them: an answer that is all wrong has thousands. */
function inWords(issues: readonly z.core.$ZodIssue[]): string {
  const rest = issues.length - MOST_ISSUES;
  const first = issues.slice(0, MOST_ISSUES).map(describe);
  return [...first, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

/** Such as `resource.channels.0.expires: invalid_type, expected number`. It holds nothing of the value. */
function describe(issue: z.core.$ZodIssue): string {
  const reason = issue.code === 'invalid_type' ? issue.code : issue.message;
  const place = issue.path.length ? [`${issue.path.join('.')}: `] : [];
  const expected = 'expected' in issue ? [`, expected ${issue.expected}`] : [];
  return [...place, reason, ...expected].join('');
}
