import { attempt } from '../attempt.ts';

/** Whether it is an id that can be asked for by address: dots lead elsewhere there, and half a character nowhere. */
export function canBeAsked(id: unknown): id is string {
  return typeof id === 'string' && !/^\.{0,2}$/.test(attempt(() => encodeURIComponent(id)) ?? '');
}
