/** Whether it is an id that can be asked for by address: dots lead elsewhere there, and half a character nowhere. */
export function canBeAsked(id: unknown): id is string {
  return typeof id === 'string' && !/^\.{0,2}$|\p{Surrogate}/u.test(id);
}
