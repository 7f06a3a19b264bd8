import { Buffer } from 'node:buffer';
import { fieldsOf } from '../../check.ts';

/** What Node refuses to read, and browsers do not read either. */
const REFUSED_BY_ALL = /^HPE_(INVALID_(CONSTANT|VERSION|STATUS|CHUNK_SIZE)|HEADER_OVERFLOW)$/;

/**
 * Why an answer is not known that Node refuses to read, such as one with an odd line among its headers: browsers may read it.
 * `undefined` for any other error.
 */
export function unreadReason(error: unknown): string | undefined {
  const { code, rawPacket } = fieldsOf(error);
  if (typeof code !== 'string' || !code.startsWith('HPE_') || REFUSED_BY_ALL.test(code)) return undefined;
  if (code.endsWith('_CONTENT_LENGTH') && haveLengthsThatDiffer(rawPacket)) return undefined;
  return `Node cannot read the headers of the answer, and browsers may (${code})`;
}

/** Browsers accept one length that came twice. */
function haveLengthsThatDiffer(packet: unknown): boolean {
  const [head = ''] = Buffer.isBuffer(packet) ? packet.toString('latin1').split(/\r?\n\r?\n/, 1) : [];
  const lengths = new Set<string>();
  for (const [, value = ''] of head.matchAll(/^content-length:(.*)$/gim))
    for (const length of value.split(',')) lengths.add(length.trim());
  return lengths.size > 1;
}
