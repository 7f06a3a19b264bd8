import type { Answer } from './exchange.ts';

/**
 * Whether an answer may only mean that the gateway does not allow the page's origin. Of such requests, Spring says 403, and Azure
 * an empty 200, both without a header of CORS.
 */
export function mayRefuseOrigin({ allowsPage, status, text, header }: Answer): boolean {
  if (allowsPage || header('access-control-allow-origin').value !== undefined) return false;
  return status === 403 || (status === 200 && text.trim() === '');
}
