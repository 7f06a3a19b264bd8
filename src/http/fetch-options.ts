import { attempt } from '../check.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';

/** A function that is called like `fetch`, with an address and options. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** The fields that a `Request` and the options of `fetch` have in common, and that are only copied. */
const COMMON = ['cache', 'credentials', 'integrity', 'keepalive', 'method', 'referrerPolicy'] as const;

/**
 * Writes a request as the options of `fetch`. Pages that wrap `fetch` expect these: they spread the headers, and read the body
 * as a string. A redirect is not followed.
 *
 * @param headers Further headers, which override those of the request. Their names keep their case.
 */
export async function fetchOptions(
  request: Request,
  headers: Readonly<Record<string, string>>,
): Promise<RequestInit> {
  const others = Object.fromEntries(request.headers);
  for (const name of Object.keys(headers)) delete others[name.toLowerCase()];
  return {
    ...Object.fromEntries(COMMON.map((name) => [name, request[name]])),
    ...(request.method !== 'GET' && { body: textOrBytes(await request.arrayBuffer()) }),
    headers: { ...others, ...headers },
    redirect: 'manual',
  };
}

/** A body is nearly always text, which keeps its byte order mark. Other bytes stay as they are. */
function textOrBytes(bytes: ArrayBuffer): string | ArrayBuffer {
  return attempt(() => decodeUtf8(new Uint8Array(bytes))) ?? bytes;
}
