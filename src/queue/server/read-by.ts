import * as z from 'zod/mini';
import { attempt } from '../../check.ts';

const MOST_ISSUES = 3;

/** Reads a value from outside by a schema. If it does not fit, `problem` says where and why, and shows nothing of the value. */
export function readBy<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
):
  | { readonly data: z.output<Schema>; readonly problem?: never }
  | { readonly data?: never; readonly problem: string } {
  // zod assigns the fields that it reads. At a field `constructor` it throws where a page has frozen Object.prototype.
  const read = attempt(() => z.safeParse(schema, value));
  if (!read) return { problem: 'zod could not read it' };
  return read.success ? { data: read.data } : { problem: describeIssues(read.error.issues) };
}

/** Describes the first issues alone: an answer that is all wrong has thousands. */
function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const rest = issues.length - MOST_ISSUES;
  const first = issues.slice(0, MOST_ISSUES).map(describeIssue);
  return [...first, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

/** Such as `resource.channels.0.expires: invalid_type, expected number`. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const reason = issue.code === 'invalid_type' ? issue.code : issue.message;
  const place = issue.path.length ? [`${issue.path.join('.')}: `] : [];
  const expected = 'expected' in issue ? [`, expected ${issue.expected}`] : [];
  return [...place, reason, ...expected].join('');
}
