import { isObject } from '../../check.ts';

/** In seconds. */
const TIME_FIELDS = ['creation_date', 'expires', 'last_success_date', 'last_end_date'];

/** Adds seconds to the times of the event queue in a value. */
export function withTimes<T>(value: T, seconds: number): T {
  if (Array.isArray(value)) return value.map((one) => withTimes(one, seconds)) as T;
  if (!isObject(value)) return value;
  const fields = Object.entries(value).map(([name, one]): [string, unknown] =>
    TIME_FIELDS.includes(name) && typeof one === 'number'
      ? [name, one + seconds]
      : [name, withTimes(one, seconds)],
  );
  return Object.fromEntries(fields) as T;
}
