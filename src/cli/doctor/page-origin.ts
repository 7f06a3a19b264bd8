/** What of a page decides about CORS. */
export interface PageOrigin {
  /** As a browser writes it: `https://www.bank.example`, `capacitor://localhost`, `null`. */
  readonly origin: string;
  /** Whether the page sends with `credentials: 'include'`. */
  readonly credentials: boolean;
}

export function isSameOrigin(url: URL, { origin }: PageOrigin): boolean {
  return url.origin === origin && origin !== 'null';
}
