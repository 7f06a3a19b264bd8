/** The three servers that the widget's requests go to, by the names that the bridge uses. */
export const SERVER_NAMES = ['pserver', 'enrich', 'ob'] as const;

export type ServerName = (typeof SERVER_NAMES)[number];
