const CODES = [
  'OVERLOADED',
  'DISPOSED',
  'NO_ENDPOINT',
  'NO_CHANNEL',
  'INVALID_CALL',
  'INVALID_OPTIONS',
  'DUPLICATE_REQUEST',
];

/** Whether the page itself caused a failure, so that no server can repeat it. */
export function isCausedByPage(code: string): boolean {
  return CODES.includes(code);
}
