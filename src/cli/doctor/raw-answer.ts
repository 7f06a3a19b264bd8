import type { Buffer } from 'node:buffer';

/** Headers as they came: names and values by turns, duplicates included. */
export type RawHeaders = readonly string[];

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  /** Names are sent as they are written; over HTTP/2 in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** How a body ended. `cut`: before its end. `endless`: not in time, or it is too long. */
type BodyEnd = 'whole' | 'cut' | 'endless';

/** An answer with all that came, before CORS or an encoding is considered. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly httpVersion: '1.0' | '1.1' | '2';
  readonly body: Buffer;
  readonly bodyEnd: BodyEnd;
  /** In unix ms. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** All values of a header, in their order. */
export function valuesOf(headers: RawHeaders, name: string): readonly string[] {
  return headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);
}

/** The value of a header as a browser reads it: several are joined. `undefined` if there is none. */
export function joinedValue(headers: RawHeaders, name: string): string | undefined {
  const values = valuesOf(headers, name);
  return values.length ? values.join(', ') : undefined;
}

/** The members of a header that is a list. */
export function listOf(headers: RawHeaders, name: string): readonly string[] {
  const members = (joinedValue(headers, name) ?? '').split(',');
  return members.map((member) => member.trim()).filter((member) => member !== '');
}
