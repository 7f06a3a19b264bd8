/** A flag that will not do. Its message is one line. */
export class WrongFlag extends Error {}
