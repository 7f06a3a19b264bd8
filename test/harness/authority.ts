import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bytes, der, type ServerIdentity } from './self-signed.ts';

/** What a certificate says. */
interface Issued {
  /** @default localhost and 127.0.0.1 */
  readonly hosts?: readonly string[];
  /** The last second at which it is valid. @default in 2049 */
  readonly until?: Date;
}

/** An authority that nothing trusts before it is given its certificate. */
export interface Authority {
  /** Its certificate, in PEM. */
  readonly cert: string;
  issue(issued?: Issued): ServerIdentity;
}

const SEQUENCE = 0x30;
/** ECDSA with SHA-256. */
const ALGORITHM = der(SEQUENCE, der(0x06, bytes('2a8648ce3d040302')));
const SINCE = new Date('2020-01-01');
const UNTIL = new Date('2049-12-31');

export function createAuthority(): Authority {
  const keys = newKeys();
  const name = nameOf('Authority of a test');
  const isAuthority = extension('551d13', der(SEQUENCE, der(0x01, bytes('ff'))));
  const sealed = (subject: Buffer, publicKey: KeyObject, until: Date, extensions: Buffer): string =>
    seal({ issuer: name, subject, publicKey, until, extensions }, keys.privateKey);
  return {
    cert: sealed(name, keys.publicKey, UNTIL, isAuthority),
    issue({ hosts = ['localhost', '127.0.0.1'], until = UNTIL } = {}) {
      const { privateKey, publicKey } = newKeys();
      const names = extension('551d11', der(SEQUENCE, ...hosts.map(hostName)));
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: sealed(nameOf('Server of a test'), publicKey, until, names),
      };
    },
  };
}

interface Content {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly until: Date;
  readonly extensions: Buffer;
}

function seal({ issuer, subject, publicKey, until, extensions }: Content, key: KeyObject): string {
  const validity = der(SEQUENCE, ...[SINCE, until].map((at) => der(0x17, Buffer.from(timeOf(at)))));
  const content = der(
    SEQUENCE,
    der(0xa0, der(0x02, bytes('02'))),
    der(0x02, Buffer.concat([bytes('01'), randomBytes(8)])),
    ALGORITHM,
    issuer,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, extensions)),
  );
  const signature = der(0x03, bytes('00'), sign('sha256', content, key));
  const whole = der(SEQUENCE, content, ALGORITHM, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${whole}\n-----END CERTIFICATE-----\n`;
}

function newKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function nameOf(common: string): Buffer {
  const part = der(SEQUENCE, der(0x06, bytes('550403')), der(0x0c, Buffer.from(common)));
  return der(SEQUENCE, der(0x31, part));
}

function extension(id: string, value: Buffer): Buffer {
  return der(SEQUENCE, der(0x06, bytes(id)), der(0x04, value));
}

function hostName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  return isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

/** As `491231235959Z`. */
function timeOf(at: Date): string {
  return `${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;
}
