import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import type { AnswerHead } from './answer-head.ts';
import { ConnectionClosed } from './connect.ts';
import type { RawHeaders, RawRequest } from './raw-answer.ts';

/** The server answers this request over HTTP/1.1 alone. Browsers then send it again that way. */
export class Http1Required extends Error {}

/** Sends a request over an open connection. Rejects with Node's error if there is no answer. */
export function sendOverHttp2(
  socket: Socket,
  { method, url, headers, body }: RawRequest,
): Promise<AnswerHead> {
  return new Promise((resolve, reject) => {
    const session = connect(url.origin, { createConnection: () => socket, settings: { enablePush: false } });
    session.on('error', reject);
    const stream = session.request(
      {
        ':method': method,
        ':scheme': url.protocol.slice(0, -1),
        ':authority': url.host,
        ':path': `${url.pathname}${url.search}`,
        ...inLowerCase(headers),
      },
      { endStream: body === undefined },
    );
    // Node passes the headers as they came, too. Its types do not know that.
    stream.on('response', (...given: readonly unknown[]) => {
      const [read, , raw = entriesOf(read)] = given as [IncomingHttpHeaders, number, RawHeaders?];
      resolve({
        status: Number(read[':status']),
        headers: raw.filter((_, index) => !raw[index - (index % 2)]?.startsWith(':')),
        httpVersion: '2',
        stream,
        isComplete: () => stream.rstCode === constants.NGHTTP2_NO_ERROR && !stream.aborted,
      });
    });
    stream.on('error', (error) => {
      reject(stream.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED ? new Http1Required() : error);
    });
    stream.on('close', () => reject(new ConnectionClosed()));
    if (body !== undefined) stream.end(body);
  });
}

/** Where a version of Node does not pass the headers as they came. */
function entriesOf(headers: IncomingHttpHeaders): RawHeaders {
  const entries: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) entries.push(name, `${one}`);
  }
  return entries;
}

function inLowerCase(headers: RawRequest['headers']): RawRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
