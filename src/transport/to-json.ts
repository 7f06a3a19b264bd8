import { attempt } from '../attempt.ts';
import { check } from '../errors.ts';
import { stringify } from '../stringify.ts';

/** What the engine says of a body that is none names its fields. @throws INVALID_CALL */
export function toJson(value: unknown): string {
  const json = attempt(() => stringify(value));
  check(json !== undefined, 'INVALID_CALL', 'send', 'a body that can be written as JSON', value);
  return json as string;
}
