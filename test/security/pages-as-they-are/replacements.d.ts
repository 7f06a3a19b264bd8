/** By what they change. Some are the source of such a function. */
export const replacements: Readonly<Record<string, string | (() => void)>>;
