/** The path that does what the user would do. The command prints it, and must not load msw for that. */
export const ANSWERS = '/sandbox/answers';
