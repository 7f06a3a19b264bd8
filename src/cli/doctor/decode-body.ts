import { Buffer } from 'node:buffer';
import * as zlib from 'node:zlib';
import { attempt } from '../../check.ts';
import { decodeUtf8 } from '../../text/decode-utf8.ts';
import { joinedValue, listOf, type RawAnswer } from './raw-answer.ts';
import { LONGEST_BODY } from './read-body.ts';

/** What is wrong with a body, in the words of a finding. */
interface BodyFault {
  readonly id: 'body-cut' | 'body-encoding' | 'endless-answer' | 'uncompressed';
  readonly seen: string;
}

export interface DecodedBody {
  readonly text: string;
  /** Whether `text` is what the server meant to send. */
  readonly isWhole: boolean;
  readonly fault: BodyFault | undefined;
}

type Decoder = (bytes: Uint8Array, options: zlib.ZlibOptions) => Uint8Array;

const zstd = (zlib as { zstdDecompressSync?: Decoder }).zstdDecompressSync;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  deflate: (bytes, options) => (isZlib(bytes) ? zlib.inflateSync : zlib.inflateRawSync)(bytes, options),
  br: zlib.brotliDecompressSync,
  ...(zstd && { zstd }),
};

/** What to ask for: what browsers ask for, as far as this version of Node can decode it. */
export const ACCEPT_ENCODING: string = ['gzip', 'deflate', 'br', ...(zstd ? ['zstd'] : [])].join(', ');

/** A body of JSON above this many bytes should be compressed. */
const WORTH_COMPRESSING = 2_000;

/** Reads the body of an answer as a page does, and says what is wrong with it. */
export function decodeBody(answer: RawAnswer): DecodedBody {
  const { body, bodyEnd } = answer;
  if (bodyEnd !== 'whole') return broken(endOf(answer));
  const codings = listOf(answer.headers, 'content-encoding').map((coding) => coding.toLowerCase());
  if (!body.length) return { text: '', isWhole: true, fault: undefined };
  const decoded = decode(body, codings);
  if (!(decoded instanceof Uint8Array)) return broken(decoded);
  const again = compressionOf(decoded);
  if (again) return broken({ id: 'body-encoding', seen: compressedStill(codings, again) });
  // Of an error, a page reads little more than the status.
  const isText = answer.status < 300;
  const text = attempt(() => decodeUtf8(decoded));
  if (text === undefined) {
    const fault = isText ? undecodable(codings) : undefined;
    return { text: Buffer.from(decoded).toString('utf8'), isWhole: !fault, fault };
  }
  const isLarge = isJson(answer) && !codings.length && body.length > WORTH_COMPRESSING;
  return { text, isWhole: true, fault: isLarge ? uncompressed(body.length) : undefined };
}

function broken(fault: BodyFault): DecodedBody {
  return { text: '', isWhole: false, fault };
}

function endOf({ headers, body, bodyEnd }: RawAnswer): BodyFault {
  const length = Number(joinedValue(headers, 'content-length'));
  if (bodyEnd === 'cut') {
    const whole =
      length > body.length ? `Of a body of ${length} bytes, only ${body.length} came.` : undefined;
    const seen = whole ?? `The connection ended after ${body.length} bytes, in the middle of the body.`;
    return { id: 'body-cut', seen };
  }
  const isLong = body.length > LONGEST_BODY || length > LONGEST_BODY;
  const seen = isLong ? 'The body is longer than 5 MB.' : 'The body did not end in time.';
  return { id: 'endless-answer', seen };
}

/** Undoes the encodings, the last one first. Browsers ignore one that they do not know. */
function decode(body: Uint8Array, codings: readonly string[]): Uint8Array | BodyFault {
  let bytes = body;
  for (const coding of [...codings].reverse()) {
    const decoder = DECODERS[coding];
    if (!decoder) continue;
    try {
      bytes = decoder(bytes, { maxOutputLength: LONGEST_BODY });
    } catch (error) {
      return undecoded(coding, (error as { code?: unknown }).code);
    }
  }
  return bytes;
}

function undecoded(coding: string, code: unknown): BodyFault {
  if (code === 'ERR_BUFFER_TOO_LARGE')
    return { id: 'endless-answer', seen: 'The body is longer than 5 MB once it is decompressed.' };
  if (code === 'Z_BUF_ERROR')
    return { id: 'body-cut', seen: `The body is ${coding}, and ends too early to be decompressed.` };
  return { id: 'body-encoding', seen: `Content-Encoding is ${coding}, and the body is not.` };
}

function compressedStill(codings: readonly string[], still: string): string {
  const known = codings.filter((coding) => DECODERS[coding]);
  if (known.length)
    return `The body is compressed twice: once decoded as ${known.join(', ')}, it still is ${still}.`;
  return `The body is ${still}, ${codings.length ? 'which was not asked for.' : 'and Content-Encoding does not say so.'}`;
}

function undecodable(codings: readonly string[]): BodyFault {
  const unknown = codings.some((coding) => !DECODERS[coding] && coding !== 'identity');
  const seen = unknown
    ? 'The body has a Content-Encoding that was not asked for, and is no text.'
    : 'The body is not text in UTF-8.';
  return { id: 'body-encoding', seen };
}

function uncompressed(length: number): BodyFault {
  return { id: 'uncompressed', seen: `A body of ${length} bytes of JSON came without Content-Encoding.` };
}

/** Text never begins with these bytes. */
function compressionOf(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd';
  return undefined;
}

/** RFC 1950: the first two bytes are a multiple of 31. Some servers leave them out, and browsers accept that. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

function isJson({ headers }: RawAnswer): boolean {
  return /^application\/(.+\+)?json\b/i.test(joinedValue(headers, 'content-type') ?? '');
}
