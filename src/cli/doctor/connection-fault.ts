import { Buffer } from 'node:buffer';
import type { PeerCertificate } from 'node:tls';
import { fieldsOf } from '../../check.ts';
import type { Fault } from '../../doctor/fault.ts';
import { FORM } from '../../doctor/quoted-value.ts';
import { ConnectionClosed, failedCertificate } from './connect.ts';
import { NoAnswer } from './exchange-raw.ts';
import type { Quote } from './quote.ts';
import { ProtocolSwitched } from './send-over-http1.ts';

interface Attempt {
  readonly url: URL;
  /** In ms. */
  readonly timeout: number;
  readonly quote: Quote;
  /** Whether certificates were given with `--ca`. */
  readonly hasCa: boolean;
  /** The environment's variables. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Says in words why there was no answer. @param error What `exchangeRaw` has thrown. */
export function connectionFault(error: unknown, attempt: Attempt): Fault {
  const host = attempt.url.host;
  if (error instanceof NoAnswer) return noAnswer(error, host, attempt.timeout);
  const code = codeOf(error);
  return (
    certificateFault(error, code, attempt) ??
    protocolFault(error, code, host) ??
    unreachable(error, code, attempt)
  );
}

function noAnswer({ stage }: NoAnswer, host: string, timeout: number): Fault {
  const time = `${timeout / 1000} s`;
  const seen = {
    connecting: `${host} did not accept a connection within ${time}. A firewall may drop it.`,
    accepted: `${host} accepted the connection, and did not finish the TLS handshake within ${time}.`,
    connected: `${host} accepted the connection, and did not answer within ${time}.`,
  };
  return { id: 'no-answer', seen: seen[stage] };
}

function codeOf(error: unknown): string {
  const { code } = fieldsOf(error);
  return typeof code === 'string' ? code : '';
}

/** What to say of a host whose authority is not known. Browsers may know it: it is no sure fault of the server. */
function trust(hasCa: boolean): string {
  return hasCa ? 'The file of --ca does not hold its authority. Browsers may trust it.' : TRUST;
}

const TRUST =
  "Browsers may trust it, for example if it is your company's own authority: then give its certificate with --ca FILE, or in NODE_EXTRA_CA_CERTS.";

const CERTIFICATE_FAULTS: Readonly<Record<string, (host: string, trust: string) => string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: (host, trust) => `The certificate of ${host} is signed by itself. ${trust}`,
  SELF_SIGNED_CERT_IN_CHAIN: (host, trust) =>
    `The certificate of ${host} is not from an authority that Node trusts. ${trust}`,
  CERT_SIGNATURE_FAILURE: (host, trust) =>
    `The certificate of ${host} is not signed by an authority that Node trusts. ${trust}`,
  UNABLE_TO_GET_ISSUER_CERT: incomplete,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: incomplete,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: incomplete,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet, by the clock of this machine.`,
  CERT_REVOKED: (host) => `The certificate of ${host} is revoked.`,
};

function incomplete(host: string, trust: string): string {
  return `The certificate of ${host} is not from an authority that Node trusts, or the server does not send the certificates between. ${trust}`;
}

const OF_CERTIFICATES =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA)/;
const WEAK = /^ERR_SSL_(EE_KEY_TOO_SMALL|CA_KEY_TOO_SMALL|CA_MD_TOO_WEAK)/;

function certificateFault(error: unknown, code: string, { url, quote, hasCa }: Attempt): Fault | undefined {
  const { host } = url;
  const id = 'certificate';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const { subjectaltname } = fieldsOf(fieldsOf(error)['cert']) as Partial<PeerCertificate>;
    return {
      id,
      seen: `The certificate of ${host} is for ${hostsOf(subjectaltname, quote)}, not for ${host}.`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED') {
    const date = new Date(failedCertificate(error)?.valid_to ?? '');
    const on = Number.isNaN(date.getTime()) ? '' : ` on ${date.toISOString().slice(0, 10)}`;
    return { id, seen: `The certificate of ${host} has expired${on}.` };
  }
  const say = CERTIFICATE_FAULTS[code];
  if (say) return { id, seen: say(host, trust(hasCa)) };
  const isOfCertificate = OF_CERTIFICATES.test(code) || WEAK.test(code);
  return isOfCertificate ? { id, seen: `The certificate of ${host} is not valid (${code}).` } : undefined;
}

/** The hosts of a certificate, at most three. */
function hostsOf(names: string | undefined, quote: Quote): string {
  const hosts = (names ?? '').match(/(?<=^DNS:|, DNS:|^IP Address:|, IP Address:)[\w.*:-]+/g) ?? [];
  if (!hosts.length) return 'no host';
  const shown = hosts.slice(0, 3).map((host) => quote(host, FORM.hosts));
  return `${shown.join(', ')}${hosts.length > 3 ? ' and others' : ''}`;
}

function protocolFault(error: unknown, code: string, host: string): Fault | undefined {
  const id = 'not-http';
  if (error instanceof ProtocolSwitched) {
    const seen = `${host} answered with the status 101: it switches to another protocol, which nobody has asked for.`;
    return { id, seen };
  }
  if (isTlsAlert(error))
    return { id, seen: `${host} answered with something that is not HTTP. ${MAY_SPEAK_TLS}` };
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|_HTTP_REQUEST$/.test(code))
    return { id, seen: `${host} does not speak TLS on this port.` };
  if (code === 'HPE_HEADER_OVERFLOW')
    return { id, seen: `${host} answered with headers of more than 256 kB.` };
  if (code.startsWith('HPE_'))
    return { id, seen: `${host} answered with something that is not HTTP (${code}).` };
  if (code.startsWith('ERR_HTTP2_'))
    return { id, seen: `${host} answered with something that is not HTTP/2 (${code}).` };
  return undefined;
}

const MAY_SPEAK_TLS = 'If the port speaks TLS, its address begins with https://.';

/** What a server of TLS answers to a request over plain HTTP. */
function isTlsAlert(error: unknown): boolean {
  const { rawPacket } = fieldsOf(error);
  return Buffer.isBuffer(rawPacket) && rawPacket[0] === 0x15 && rawPacket[1] === 0x03;
}

const NETWORK_FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no such host',
  EAI_AGAIN: 'The name server did not answer, so the host was not found',
  ECONNREFUSED: 'The connection was refused',
  ECONNRESET: 'The connection was closed before there was an answer',
  EPIPE: 'The connection was closed before there was an answer',
  EHOSTUNREACH: 'The host cannot be reached',
  ENETUNREACH: 'The network of the host cannot be reached',
  ETIMEDOUT: 'The host did not accept a connection in time',
};

function unreachable(error: unknown, code: string, { url, env = process.env }: Attempt): Fault {
  const { host, protocol } = url;
  const known = NETWORK_FAULTS[error instanceof ConnectionClosed ? 'ECONNRESET' : code];
  const isClosed = known === NETWORK_FAULTS['ECONNRESET'];
  const hint = isClosed && protocol === 'http:' ? ` ${MAY_SPEAK_TLS}` : '';
  const seen = `${known ?? tlsFault(code) ?? `The request failed (${code || 'for an unknown reason'})`}: ${host}.${hint}`;
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find((name) => env[name]);
  return {
    id: 'unreachable',
    seen: proxy ? `${seen} ${proxy} is set, but this command uses no proxy.` : seen,
  };
}

function tlsFault(code: string): string | undefined {
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/.test(code))
    return 'The host offers no version of TLS that browsers accept';
  if (/CERTIFICATE_REQUIRED/.test(code))
    return 'The host asks for a certificate of the client, and there is none';
  return /^ERR_SSL_|^EPROTO$/.test(code)
    ? `The host did not agree on an encrypted connection (${code})`
    : undefined;
}
