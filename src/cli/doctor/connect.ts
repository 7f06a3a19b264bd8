import { connect as connectTcp, isIP, type Socket } from 'node:net';
import tls, { type PeerCertificate } from 'node:tls';
import { onAbort } from '../../abort.ts';
import { knownAuthorities } from './known-authorities.ts';

/** An open connection. */
export interface Connection {
  readonly socket: Socket;
  /** What the server has chosen, of what browsers offer. Over plain HTTP there is no choice. */
  readonly protocol: 'h2' | 'http/1.1';
}

export interface ConnectOptions {
  /** Certificates of authorities to trust beside those that Node knows, in PEM. */
  readonly ca?: string | undefined;
  /** Offers HTTP/1.1 alone. */
  readonly isHttp1Only?: boolean | undefined;
  /** Called when the server has accepted the connection, before anything is encrypted. */
  readonly onAccepted?: (() => void) | undefined;
}

/** For each address of a host. Node's own limit of 250 ms is too short for a host that is far away. */
const ATTEMPT_TIMEOUT = 2_000;

/** Opens a connection. Rejects with Node's error, or with the reason of the signal. */
export async function connect(
  url: URL,
  signal: AbortSignal,
  { ca, isHttp1Only = false, onAccepted = () => {} }: ConnectOptions = {},
): Promise<Connection> {
  signal.throwIfAborted();
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address = {
    host: hostToAsk(host),
    port: Number(url.port || (isSecure ? 443 : 80)),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_TIMEOUT,
  };
  if (!isSecure) {
    const socket = connectTcp(address);
    socket.once('connect', onAccepted);
    await opened(socket, 'connect', signal);
    return { socket, protocol: 'http/1.1' };
  }
  const socket = tls.connect({
    ...address,
    ...(isIP(host) ? {} : { servername: host }),
    ALPNProtocols: isHttp1Only ? ['http/1.1'] : ['h2', 'http/1.1'],
    // Also if the environment turns that off: browsers do not read it.
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...knownAuthorities(), ca] }),
  });
  socket.once('connect', onAccepted);
  let certificate: PeerCertificate | undefined;
  // Before Node judges the certificate: after that, a refused one cannot be read.
  socket.prependOnceListener('secure', () => {
    certificate = socket.getPeerCertificate();
  });
  try {
    await opened(socket, 'secureConnect', signal);
  } catch (error) {
    if (certificate && error instanceof Error) refused.set(error, certificate);
    throw error;
  }
  return { socket, protocol: socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1' };
}

const refused = new WeakMap<Error, PeerCertificate>();

/** The certificate that an error of `connect` is about, as far as it was read. */
export function failedCertificate(error: unknown): PeerCertificate | undefined {
  return error instanceof Error ? refused.get(error) : undefined;
}

/** Browsers take each name below `localhost` for this machine. Name servers often do not know them. */
function hostToAsk(host: string): string {
  return host.endsWith('.localhost') ? 'localhost' : host;
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const removeListener = onAbort(signal, () => {
      socket.destroy();
      reject(signal.reason);
    });
    socket.once(event, () => {
      removeListener();
      resolve();
    });
    // It stays, so that a later error never ends the process.
    socket.on('error', (error) => {
      removeListener();
      reject(error);
    });
    socket.once('close', () => reject(new ConnectionClosed()));
  });
}

/** The server closed the connection, and Node has no error of its own for that. */
export class ConnectionClosed extends Error {
  readonly code = 'ECONNRESET';
}
