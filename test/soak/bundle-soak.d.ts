export function bundleSoak(): Promise<string>;
