/** By what they change. Some are source code instead of a function. */
export const replacements: Readonly<Record<string, string | (() => void)>>;
