import type { Buffer } from 'node:buffer';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { AnswerHead } from './answer-head.ts';
import { ConnectionClosed } from './connect.ts';
import type { RawRequest } from './raw-answer.ts';

/** In bytes, as in Chromium. Node's own limit is 16 kB. */
const MOST_HEADERS = 262_144;

/** In bytes, of the end of an answer. */
const LONGEST_TAIL = 32;
/** Its lines end without a carriage return. Browsers take it for the end of the body, and Node waits for more. */
const LAST_CHUNK = /\n0+[\t ]*\n\r?\n$/;

/** The server answered with 101: what follows is no HTTP. */
export class ProtocolSwitched extends Error {}

/**
 * Sends a request over an open connection. Rejects with Node's error if there is no answer. Node reads the answer leniently, as
 * browsers do: what they take is no fault.
 */
export function sendOverHttp1(
  socket: Socket,
  { method, url, headers, body }: RawRequest,
): Promise<AnswerHead> {
  return new Promise((resolve, reject) => {
    const sent = sendRequest({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { Host: url.host, Connection: 'keep-alive', ...headers },
      setHost: false,
      insecureHTTPParser: true,
      maxHeaderSize: MOST_HEADERS,
    });
    let tail = '';
    socket.on('data', (bytes: Buffer) => {
      tail = `${tail}${bytes.subarray(-LONGEST_TAIL).toString('latin1')}`.slice(-LONGEST_TAIL);
    });
    sent.on('response', (stream) => {
      resolve({
        status: stream.statusCode ?? 0,
        headers: stream.rawHeaders,
        httpVersion: stream.httpVersion === '1.0' ? '1.0' : '1.1',
        stream,
        isComplete: () => stream.complete,
        hasEnded: () => isChunked(stream) && LAST_CHUNK.test(tail),
      });
    });
    sent.on('upgrade', () => reject(new ProtocolSwitched()));
    sent.on('error', reject);
    sent.on('close', () => reject(new ConnectionClosed()));
    sent.end(body);
  });
}

function isChunked({ headers }: IncomingMessage): boolean {
  return /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
}
