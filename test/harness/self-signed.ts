import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and its certificate, for a server of Node. */
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

const SEQUENCE = 0x30;
const NAME = der(
  SEQUENCE,
  der(0x31, der(SEQUENCE, der(0x06, bytes('550403')), der(0x0c, Buffer.from('gateway.bank.example')))),
);
const VALIDITY = der(SEQUENCE, ...['200101000000Z', '491231235959Z'].map((at) => der(0x17, Buffer.from(at))));
/** ECDSA with SHA-256. */
const ALGORITHM = der(SEQUENCE, der(0x06, bytes('2a8648ce3d040302')));

/** Makes a certificate that no browser trusts. */
export function selfSigned(): ServerIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const content = der(SEQUENCE, der(0x02, bytes('01')), ALGORITHM, NAME, VALIDITY, NAME, key);
  const signature = der(0x03, bytes('00'), sign('sha256', content, privateKey));
  const certificate = der(SEQUENCE, content, ALGORITHM, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`,
  };
}

/** One value in the encoding of certificates: its tag, its length, its parts. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}
