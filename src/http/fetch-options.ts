import { attempt } from '../check.ts';

/** A function that is called as pages call `fetch`: with an address and options. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** What a `Request` and the options of `fetch` have in common, beside what needs more than a copy. */
const SAME = ['cache', 'credentials', 'integrity', 'keepalive', 'method', 'referrerPolicy'] as const;

/**
 * A request as the options of `fetch`. Wrappers in pages are written for those: they spread the headers, and read the
 * body as a string. A redirect is not followed.
 *
 * @param headers Further ones, which win. They keep the case that they are written in.
 */
export async function fetchOptions(
  request: Request,
  headers: Readonly<Record<string, string>>,
): Promise<RequestInit> {
  const others = Object.fromEntries(request.headers);
  for (const name of Object.keys(headers)) delete others[name.toLowerCase()];
  return {
    ...Object.fromEntries(SAME.map((name) => [name, request[name]])),
    ...(request.method !== 'GET' && { body: asSent(await request.arrayBuffer()) }),
    headers: { ...others, ...headers },
    redirect: 'manual',
  };
}

/** Text, as it nearly always is, with its byte order mark if it has one. Other bytes stay what they are. */
function asSent(bytes: ArrayBuffer): string | ArrayBuffer {
  return attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) ?? bytes;
}
